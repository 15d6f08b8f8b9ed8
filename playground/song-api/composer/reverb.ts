import { sampleRate, silence, type Stereo } from './stereo.ts';

/** Delay lines in samples: primes, so that their echoes never fall together. */
const lengths = [1499, 1949, 2389, 2897] as const;

/**
 * A room: four delay lines that feed each other (a feedback delay network with a Householder matrix), dull as they
 * fade. Linear and unchanging, so the rooms of all tracks add up to the room of their sum.
 */
export function reverb(input: Stereo, space: number): Stereo {
  const output = silence(input.left.length);
  const seconds = 0.5 + space * 2.8;
  const lines = lengths.map((length) => new Float32Array(length));
  const feedback = lengths.map((length) => 10 ** ((-3 * length) / sampleRate / seconds));
  const damping = 0.35 - space * 0.1;
  const places = [0, 0, 0, 0];
  const dulled = [0, 0, 0, 0];
  for (let index = 0; index < input.left.length; index += 1) {
    let sum = 0;
    for (let line = 0; line < 4; line += 1) {
      const value = lines[line]![places[line]!]!;
      dulled[line] = value * (1 - damping) + dulled[line]! * damping;
      sum += dulled[line]!;
    }
    output.left[index] = dulled[0]! + dulled[2]!;
    output.right[index] = dulled[1]! + dulled[3]!;
    for (let line = 0; line < 4; line += 1) {
      const side = line % 2 === 0 ? input.left[index]! : input.right[index]!;
      const place = places[line]!;
      lines[line]![place] = side * 0.5 + (dulled[line]! - sum / 2) * feedback[line]!;
      places[line] = place + 1 === lengths[line] ? 0 : place + 1;
    }
  }
  return output;
}
