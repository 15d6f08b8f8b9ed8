import type { Font, Ruler, Text } from './scene.ts';

interface Place {
  /** What `align` refers to. */
  x: number;
  /** Of the baseline. */
  y: number;
  font: Font;
  fill: string;
  align?: 'left' | 'centre' | 'right';
  /** Widest the text may be; what is longer is cut between two characters and ends with an ellipsis. */
  within: number;
}

const shift = { left: 0, centre: 0.5, right: 1 };
const graphemes = new Intl.Segmenter('en', { granularity: 'grapheme' });

export function placeText(ruler: Ruler, text: string, place: Place): Text {
  const { font, fill, y } = place;
  const fitting = fit(ruler, ruler.printable(text), font, place.within);
  const width = ruler.width(fitting, font);
  return {
    is: 'text',
    text: fitting,
    x: place.x - width * shift[place.align ?? 'left'],
    y,
    width,
    font,
    fill,
  };
}

function fit(ruler: Ruler, text: string, font: Font, within: number): string {
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
