import type { Font, Ruler } from './scene.ts';

const graphemes = new Intl.Segmenter('en', { granularity: 'grapheme' });

/** What is too wide is cut between two characters and ends with an ellipsis; nothing is left where not even one fits. */
export function fitText(ruler: Ruler, text: string, font: Font, within: number): string {
  if (ruler.width(text, font) <= within) return text;
  const characters = Array.from(graphemes.segment(text), ({ segment }) => segment);
  const cut = (length: number): string => `${characters.slice(0, length).join('').trimEnd()}…`;
  let fits = 0;
  let tooLong = characters.length;
  while (tooLong - fits > 1) {
    const middle = (fits + tooLong) >> 1;
    if (ruler.width(cut(middle), font) <= within) fits = middle;
    else tooLong = middle;
  }
  return fits === 0 ? '' : cut(fits);
}
