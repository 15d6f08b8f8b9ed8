/** Chance that falls the same way for the same seed, on every machine. */
export interface Dice {
  /** From `from` up to, not including, `to`. */
  between(from: number, to: number): number;
  /** A whole number from 0 to `count - 1`. */
  below(count: number): number;
  /** One of them; there must be one. */
  one<T>(of: readonly [T, ...T[]]): T;
}

/** A number for a word: 32-bit FNV-1a over its UTF-16 units. */
export function hashOf(word: string): number {
  let hash = 0x811c9dc5;
  for (let index = 0; index < word.length; index += 1)
    hash = Math.imul(hash ^ word.charCodeAt(index), 0x01000193);
  return hash >>> 0;
}

export function seeded(seed: string): Dice {
  // Mulberry32: four lines, good enough for pictures.
  let state = hashOf(seed);
  const next = (): number => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
  const below = (count: number): number => Math.floor(next() * count);
  return {
    between: (from, to) => from + next() * (to - from),
    below,
    one: (of) => of[below(of.length)] ?? of[0],
  };
}
