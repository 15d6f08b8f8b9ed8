import { fitText } from './fit-text.ts';
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

export function placeText(ruler: Ruler, text: string, place: Place): Text {
  const { font, fill, y } = place;
  const fitting = fitText(ruler, ruler.printable(text), font, place.within);
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
