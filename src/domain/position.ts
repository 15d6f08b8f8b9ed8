/** Where in a song: as a clock, in seconds, or by the words that are sung there. */
import { plainWords } from './guild-settings.ts';
import type { SungWord } from './result.ts';

export interface Heard {
  /** Null where nobody knows. */
  seconds: number | null;
  lyrics: string | null;
  /** When each word is sung, where that has been asked. */
  timing: readonly SungWord[] | undefined;
}

/** Seconds of "1:20", "1:02:03", "80", "80.5" or "80 s"; undefined for anything else, and for what no song is long. */
export function clockSeconds(text: string): number | undefined {
  const clock = /^(?:(?<h>\d{1,2}):)?(?<m>\d{1,3}):(?<s>[0-5]\d(?:\.\d+)?)$/.exec(text.trim())?.groups;
  const plain = /^(\d{1,4}(?:\.\d+)?) ?s?$/.exec(text.trim())?.[1];
  const seconds =
    clock === undefined
      ? Number(plain ?? Number.NaN)
      : Number(clock['h'] ?? 0) * 3600 + Number(clock['m']) * 60 + Number(clock['s']);
  return seconds >= 0 && seconds <= 3600 ? seconds : undefined;
}

/**
 * Seconds at which these words begin: by their measured time, else by how far into the lyrics they stand. Undefined where
 * they are not sung.
 */
export function wordSeconds(text: string, heard: Heard): number | undefined {
  const sought = plainWords(text);
  if (sought === '') return undefined;
  if (heard.timing !== undefined) return timedSeconds(sought, heard.timing);
  if (heard.lyrics === null || heard.seconds === null) return undefined;
  // [Verse] and the like are not sung.
  const sung = ` ${plainWords(heard.lyrics.replaceAll(/\[[^\]\n]*\]/g, ' '))} `;
  const at = sung.indexOf(` ${sought} `) >= 0 ? sung.indexOf(` ${sought} `) : sung.indexOf(` ${sought}`);
  return at < 0 ? undefined : Math.round((heard.seconds * at) / sung.length);
}

function timedSeconds(sought: string, timing: readonly SungWord[]): number | undefined {
  const words = timing.flatMap(({ text, start }) =>
    plainWords(text)
      .split(' ')
      .filter((word) => word !== '')
      .map((word) => ({ word, start })),
  );
  const line = words.map(({ word }) => word);
  const found = line.findIndex((_, index) => {
    const rest = line.slice(index, index + sought.split(' ').length).join(' ');
    return rest.startsWith(sought);
  });
  return words[found]?.start;
}
