import { chartWords } from './chart-words.ts';
import { drawable } from './drawable.ts';
import { look } from './look.ts';
import type { Usage } from './usage.ts';

export interface Stack {
  series: { label: string; total: number; fill: string }[];
  /** `parts` in the order of `series`. */
  days: { label: string; parts: number[]; total: number }[];
}

/** A colour for each of the most used actions; what is beyond the colours, or unlisted, is one series of its own. */
export function stackDays(usage: Usage): Stack {
  const totals = new Map<string, number>();
  for (const { label, used } of usage.actions) totals.set(label, (totals.get(label) ?? 0) + drawable(used));
  const ranked = [...totals].filter(([, total]) => total > 0).toSorted(([, a], [, b]) => b - a);
  const named = ranked.slice(0, look.series.length);
  const places = new Map(named.map(([label], index) => [label, index]));

  const days = usage.days.map(({ label, perAction }) => {
    const parts = Array.from({ length: named.length + 1 }, () => 0);
    for (const [action, used] of Object.entries(perAction)) {
      const place = places.get(action) ?? named.length;
      parts[place] = (parts[place] ?? 0) + drawable(used);
    }
    return { label, parts, total: sum(parts) };
  });

  const series = named.map(([label, total], index) => ({
    label,
    total,
    fill: look.series[index] ?? look.colour.others,
  }));
  const unlisted = sum(days.map(({ parts }) => parts[named.length] ?? 0));
  const rest = Math.max(unlisted, sum(ranked.slice(named.length).map(([, total]) => total)));
  if (rest > 0) series.push({ label: chartWords.others, total: rest, fill: look.colour.others });
  return { series, days };
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, number) => total + number, 0);
}
