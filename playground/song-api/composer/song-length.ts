import { SeededRandom } from '../seeded-random.ts';

const asked = /\b(\d{1,3})\s*(?:s|secs?|seconds?)\b/i;

/** How long a song gets, in seconds: as long as its description asks for, else between 8 and 60. */
export function songLength(words: string, seed: number): number {
  const wish = asked.exec(words);
  if (wish !== null) return Math.min(120, Math.max(2, Number(wish[1])));
  if (/\b(short|jingle|sting|loop)\b/i.test(words)) return 8;
  const random = new SeededRandom(`${seed}/length`);
  return /\b(long|epic|ballad|symphony)\b/i.test(words) ? random.whole(40, 60) : random.whole(18, 40);
}
