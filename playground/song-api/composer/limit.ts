import type { Stereo } from './stereo.ts';

/** Loudest sample that leaves the house: 1.5 dB of room for what AAC adds to peaks. */
const ceiling = 0.84;
const block = 64;
/** Blocks (1.5 ms each) by which the gain moves ahead of a peak and stays behind it. */
const reach = 8;

/** Turns peaks down, a little ahead of time and without a bump, so that nothing is clipped. Changes the track. */
export function limit(track: Stereo): void {
  const { left, right } = track;
  const blocks = Math.ceil(left.length / block) + 1;
  const wanted = new Float32Array(blocks).fill(1);
  for (let index = 0; index < left.length; index += 1) {
    const peak = Math.max(Math.abs(left[index]!), Math.abs(right[index]!));
    if (peak <= ceiling) continue;
    const at = (index / block) | 0;
    wanted[at] = Math.min(wanted[at]!, ceiling / peak);
  }
  const lowest = around(wanted, 2 * reach, (values) => Math.min(...values));
  const gain = around(
    lowest,
    reach,
    (values) => values.reduce((sum, value) => sum + value, 0) / values.length,
  );
  for (let index = 0; index < left.length; index += 1) {
    const at = (index / block) | 0;
    const part = (index % block) / block;
    const factor = gain[at]! + (gain[at + 1]! - gain[at]!) * part;
    left[index] = Math.max(-ceiling, Math.min(ceiling, left[index]! * factor));
    right[index] = Math.max(-ceiling, Math.min(ceiling, right[index]! * factor));
  }
}

function around(values: Float32Array, reach: number, of: (near: Float32Array) => number): Float32Array {
  return values.map((_, index) => of(values.subarray(Math.max(0, index - reach), index + reach + 1)));
}
