/** Mouth shapes that the voice can sing. */
export type Vowel = 'a' | 'e' | 'i' | 'o' | 'u';
/** How a syllable begins: with a hiss, a knock, a hum, or straight away. */
type Onset = 'hiss' | 'stop' | 'hum' | 'open';

export interface Syllable {
  vowel: Vowel;
  onset: Onset;
  /** The whole word that it belongs to. */
  word: string;
  /** The first of its word. */
  opens: boolean;
}

const vowels: Readonly<Record<string, Vowel>> = { a: 'a', e: 'e', i: 'i', y: 'i', o: 'o', u: 'u' };
const nucleus = /[aeiouy]+/g;

/** A rough ear for English: a syllable for each cluster of vowels, less a silent e at the end. */
export function syllablesOf(line: string): Syllable[] {
  return line.split(/\s+/).flatMap((raw) => {
    const word = raw.replaceAll(/^[^\p{L}\p{N}]+|[^\p{L}\p{N}]+$/gu, '');
    if (word === '') return [];
    return partsOf(word).map((part, index) => ({ ...part, word, opens: index === 0 }));
  });
}

function partsOf(word: string): { vowel: Vowel; onset: Onset }[] {
  const plain = word.toLowerCase().normalize('NFD').replaceAll(/\p{M}/gu, '');
  // Scripts without these letters: a syllable per character, its vowel by chance of its number.
  if (!/[a-z]/.test(plain)) {
    return Array.from(plain, (character) => ({
      vowel: 'aeiou'[(character.codePointAt(0) ?? 0) % 5] as Vowel,
      onset: 'open',
    }));
  }
  const heard = /([^aeiouyl]|[aeiouy]l)e$/.test(plain) && plain.length > 3 ? plain.slice(0, -1) : plain;
  const clusters = [...heard.matchAll(nucleus)];
  if (clusters.length === 0) return [{ vowel: 'a', onset: onsetOf(plain) }];
  return clusters.map((cluster, index) => {
    const before = clusters[index - 1];
    const from = before === undefined ? 0 : before.index + before[0].length;
    return {
      vowel: vowels[cluster[0][0] ?? 'a'] ?? 'a',
      onset: onsetOf(heard.slice(from, cluster.index)),
    };
  });
}

function onsetOf(consonants: string): Onset {
  if (/[sfhzcx]|th/.test(consonants)) return 'hiss';
  if (/[ptkbdgqj]/.test(consonants)) return 'stop';
  return /[mnlrwv]/.test(consonants) ? 'hum' : 'open';
}
