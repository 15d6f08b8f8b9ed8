import type { Answered } from './discord-raw-api.ts';

// Pieces of requests, right and wrong.

export const V2 = 32_768;

export const text = (length: number): string => 'x'.repeat(length);

export const many = <T>(count: number, make: (index: number) => T): T[] =>
  Array.from({ length: count }, (_, i) => make(i));

export const button = (id: string, more: object = {}): object => ({
  type: 2,
  style: 1,
  label: 'B',
  custom_id: id,
  ...more,
});

export const row = (...components: object[]): object => ({ type: 1, components });

export const options = (count: number): object[] => many(count, (i) => ({ label: `o${i}`, value: `v${i}` }));

export const select = (more: object = {}): object => ({
  type: 3,
  custom_id: 's',
  options: options(2),
  ...more,
});

export const display = (content = 'text'): object => ({ type: 10, content });

/** `embeds.0.title …`: every place that a refusal complains about. */
export function placesOf(answered: Answered): string {
  return flatten(answered.body.errors).join(' ');
}

function flatten(node: unknown, path = ''): string[] {
  if (typeof node !== 'object' || node === null) return [];
  if ('_errors' in node) return [path];
  return Object.entries(node).flatMap(([key, child]) => flatten(child, path === '' ? key : `${path}.${key}`));
}
