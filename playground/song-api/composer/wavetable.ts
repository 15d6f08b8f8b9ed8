import { sampleRate } from './stereo.ts';

/** Samples of one period; a power of two, so that wrapping is a bit mask. One more at the end saves the wrap. */
export const tableSize = 2048;

const tables = new Map<string, Float32Array>();

/**
 * One period of a wave. Harmonics above what the sample rate can carry are left out, octave by octave, or high notes
 * would whistle (aliasing).
 */
export function wavetable(harmonics: readonly number[], frequency: number): Float32Array {
  const limit = 2 ** Math.floor(Math.log2((sampleRate * 0.45) / frequency));
  const key = `${limit}:${harmonics.join(',')}`;
  const known = tables.get(key);
  if (known !== undefined) return known;
  const table = new Float32Array(tableSize + 1);
  const audible = harmonics.slice(0, Math.max(1, limit));
  // The same loudness for each wave, however many harmonics it has.
  const energy = Math.hypot(...audible);
  for (const [index, level] of audible.entries()) {
    if (level === 0) continue;
    for (let at = 0; at < tableSize; at += 1)
      table[at] = table[at]! + (level / energy) * Math.sin((2 * Math.PI * (index + 1) * at) / tableSize);
  }
  table[tableSize] = table[0]!;
  tables.set(key, table);
  return table;
}
