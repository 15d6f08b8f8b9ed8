import type { VNode } from 'preact';
import { useEffect, useState } from 'preact/hooks';

const formats: Record<string, Intl.DateTimeFormatOptions> = {
  t: { timeStyle: 'short' },
  T: { timeStyle: 'medium' },
  d: { dateStyle: 'short' },
  D: { dateStyle: 'long' },
  f: { dateStyle: 'long', timeStyle: 'short' },
  F: { dateStyle: 'full', timeStyle: 'short' },
};
const units: [Intl.RelativeTimeFormatUnit, number][] = [
  ['year', 31_536_000],
  ['month', 2_592_000],
  ['day', 86_400],
  ['hour', 3_600],
  ['minute', 60],
  ['second', 1],
];
const relative = new Intl.RelativeTimeFormat('en', { numeric: 'auto' });
/** The largest time that a Date can hold, in seconds. */
const latest = 8_640_000_000_000;

/** `<t:…:R>` and its siblings; what is relative moves on by itself. */
export function Timestamp({ seconds, style }: { seconds: number; style: string }): VNode {
  const now = useNow(style === 'R');
  if (Math.abs(seconds) > latest) return <span>Invalid Date</span>;
  const date = new Date(seconds * 1000);
  const exact = date.toLocaleString('en', formats['F']);
  const text =
    style === 'R' ? relativeWords(seconds - now / 1000) : date.toLocaleString('en', formats[style]);
  return (
    <time dateTime={date.toISOString()} title={exact}>
      {text}
    </time>
  );
}

function relativeWords(seconds: number): string {
  const size = Math.abs(seconds);
  const [unit, length] = units.find(([, length]) => size >= length) ?? ['second', 1];
  return relative.format(Math.trunc(seconds / length), unit);
}

function useNow(isMoving: boolean): number {
  const [now, tick] = useState(Date.now);
  useEffect(() => {
    if (!isMoving) return undefined;
    const timer = setInterval(() => tick(Date.now()), 1000);
    return () => clearInterval(timer);
  }, [isMoving]);
  return now;
}
