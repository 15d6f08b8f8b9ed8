import { familyOf, mainFamily, type Hand } from './font-shelf.ts';

/** A text that can be drawn, and the list of families that together can draw it, as CSS has it. */
export interface Typeset {
  text: string;
  families: string;
}

/** Nothing on a picture has room for more; names and titles are strangers' words and may be of any length. */
const longest = 300;
/** Joins or chooses the form of its neighbours, draws nothing itself. */
const invisible = new Set(['\u200c', '\u200d', '\ufe0e', '\ufe0f', '\u2068', '\u2069']);

/** One line; no direction overrides (isolates may stay, they turn nothing but themselves), no towers of accents; what no font has becomes its plain form or a dot. */
export function typeset(raw: string): Typeset {
  const line = raw
    .slice(0, longest)
    .toWellFormed()
    .normalize('NFC')
    .replace(/[\p{Cc}\p{Z}]+/gu, ' ')
    .replace(/[\p{Cf}--[\u200c\u2068\u2069\u200d]]/gv, '')
    .replace(/(\p{M}{2})\p{M}+/gu, '$1')
    .trim();
  const hand: Hand = /[\p{Script=Hiragana}\p{Script=Katakana}]/u.test(line) ? 'japanese' : 'chinese';
  const families = new Set([mainFamily]);
  const use = (character: string): boolean => {
    if (invisible.has(character)) return true;
    const family = familyOf(character, hand);
    if (family !== undefined) families.add(family);
    return family !== undefined;
  };
  use('·');
  // "𝓕𝓪𝓷𝓬𝔂" is a fashion among names: the compatibility form reads the same and needs no font of its own.
  const draw = (character: string): string => {
    if (use(character)) return character;
    const plain = Array.from(character.normalize('NFKC'));
    if (plain.every(use)) return plain.join('');
    // An accent that can't be drawn is left out; its letter stays.
    return /\p{M}/u.test(character) ? '' : '·';
  };
  const text = Array.from(line, draw).join('');
  return { text, families: Array.from(families, (family) => `"${family}"`).join(',') };
}
