import type { SeededRandom } from './seeded-random.ts';

const fillers = new Set(
  'a an and the of in on for with about to from song music track tune make me my some very that is it its like style please at by or but your his her their'.split(
    ' ',
  ),
);

/** The words of a description that carry its sense, in lower case. */
export function tellingWords(text: string): string[] {
  const words = text.toLowerCase().match(/\p{L}[\p{L}'-]*/gu) ?? [];
  return [...new Set(words.filter((word) => word.length > 2 && !fillers.has(word)))];
}

const titleShapes = [
  (a: string, b: string) => `${a} ${b}`,
  (a: string, b: string) => `${a} in the ${b}`,
  (a: string, b: string) => `The ${a} and the ${b}`,
  (a: string) => `${a} Again`,
  (a: string) => `Until the ${a}`,
] as const;

const images = [
  'Morning',
  'River',
  'Window',
  'Summer',
  'Lantern',
  'Harbour',
  'Rain',
  'Highway',
  'Garden',
  'Echo',
];

/** A title out of the description's own words, where the member gave none. At most 80 characters, as upstream. */
export function inventTitle(description: string, random: SeededRandom): string {
  const words = tellingWords(description).map((word) => word[0]?.toUpperCase() + word.slice(1));
  const a = words.length > 0 ? random.pick(words) : random.pick(images);
  const b = random.pick([...words, ...images].filter((word) => word !== a));
  return random.pick(titleShapes)(a, b).slice(0, 80);
}

const lines = [
  (a: string, b: string) => `I saw the ${a} beside the ${b}`,
  (a: string) => `and all I heard was ${a}`,
  (a: string, b: string) => `the ${a} is waiting, the ${b} is near`,
  (a: string) => `oh, carry me, ${a}, away from here`,
  (a: string, b: string) => `we left the ${b} and followed the ${a}`,
  (a: string) => `no night is too long for the ${a}`,
  (a: string, b: string) => `from ${a} to ${b} and home again`,
  (a: string) => `sing it once more for the ${a}`,
] as const;

const nouns = [
  'morning',
  'river',
  'window',
  'summer',
  'lantern',
  'harbour',
  'rain',
  'highway',
  'garden',
  'echo',
];

/** Two verses and a chorus between them, on the description's words. */
export function inventLyrics(description: string, random: SeededRandom): string {
  const words = [...tellingWords(description).slice(0, 8), ...nouns];
  const line = (): string => {
    const [a = 'morning', b = 'river'] = random.shuffled(words);
    return random.pick(lines)(a, b);
  };
  const verse = (): string => [line(), line(), line(), line()].join('\n');
  const chorus = `[Chorus]\n${[line(), line()].join('\n')}`;
  return `[Verse]\n${verse()}\n\n${chorus}\n\n[Verse]\n${verse()}\n\n${chorus}`;
}
