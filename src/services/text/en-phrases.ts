/** Small turns of phrase that the English sentences share. */
import type { Allowance } from '../../domain/quota.ts';

/** Discord shows it in the reader's own time zone and keeps it current without an edit. */
export const relative = (ms: number): string => `<t:${Math.round(ms / 1000)}:R>`;

/** 65.4 -> "1:05". */
export function clock(seconds: number): string {
  const whole = Math.round(seconds);
  return `${Math.floor(whole / 60)}:${String(whole % 60).padStart(2, '0')}`;
}

export const plural = (count: number, one: string, many = `${one}s`): string =>
  `${count} ${count === 1 ? one : many}`;

export const credits = (count: number): string => plural(count, 'credit');
export const each = ({ credits: amount, period }: Allowance): string => `${credits(amount)} a ${period}`;

const engineNames: Record<string, string> = { producer: 'Producer', suno: 'Suno' };
export const engineName = (engine: string): string => engineNames[engine] ?? engine;
