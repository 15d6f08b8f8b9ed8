/** The small values of a stranger's JSON: what isn't of the kind that is looked for is nothing. */
import { shorten } from '../../domain/limits.ts';

export type Fields = Readonly<Record<string, unknown>>;

export const isFields = (value: unknown): value is Fields =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** Text or a number as text; null when absent or empty. Cut to `max`, since a stranger wrote it. */
export function text(value: unknown, max: number): string | null {
  if (typeof value === 'number' || typeof value === 'bigint') return String(value);
  if (typeof value !== 'string') return null;
  const trimmed = value.trim();
  return trimmed === '' ? null : shorten(trimmed, max);
}

export function address(value: unknown): string | null {
  if (typeof value !== 'string' || value.length > 4096) return null;
  const url = URL.parse(value);
  return url !== null && (url.protocol === 'https:' || url.protocol === 'http:') ? url.href : null;
}

/** Number, numeric string or nothing; what is not a song's length is nothing. */
export function secondsOf(value: unknown): number | null {
  const seconds = typeof value === 'string' && value.trim() !== '' ? Number(value) : value;
  return typeof seconds === 'number' && seconds > 0 && seconds <= 3600 ? seconds : null;
}
