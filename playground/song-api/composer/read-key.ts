import type { ModeName } from './modes.ts';

const notes: Readonly<Record<string, number>> = { C: 0, D: 2, E: 4, F: 5, G: 7, A: 9, B: 11 };

/** "in F# minor", "Bb major", "key of C". */
const spoken = /\b(?:in|key of)\s+([a-g])(#|b| ?sharp| ?flat)?\s*(major|minor|maj|min|m)?\b/i;
/** "C", "F#", "Am". */
const written = /^([A-G])(#|b)?(m|min|minor|maj|major)?$/i;

/** A key that was asked for: its tonic as MIDI 36 to 47, and its mode. In a description only a full "in C minor" counts. */
export function readKey(text: string, isKey: boolean): { tonic: number; mode: ModeName } | undefined {
  const match = (isKey ? written : spoken).exec(text.trim());
  if (match === null) return undefined;
  const [, letter = 'C', accidental = '', kind = ''] = match;
  // "in a …" is an article far more often than a key.
  if (!isKey && kind === '') return undefined;
  const bend = /#|sharp/i.test(accidental) ? 1 : accidental === '' ? 0 : -1;
  const tonic = 36 + ((notes[letter.toUpperCase()]! + bend + 12) % 12);
  return { tonic, mode: /^m(in|inor)?$/i.test(kind) ? 'minor' : 'major' };
}
