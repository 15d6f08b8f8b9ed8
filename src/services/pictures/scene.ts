/**
 * A picture as a list, laid out but not painted: so a test can ask whether a text runs off or overlaps another.
 * All lengths in units of the card (see `card` in look.ts), x from the left, y from the top.
 */
export type Shape = Box | Text;

export interface Box {
  is: 'box';
  x: number;
  y: number;
  width: number;
  height: number;
  radius: number;
  fill: string;
}

export interface Text {
  is: 'text';
  text: string;
  /** Left end of the baseline, whatever the text was aligned to. */
  x: number;
  y: number;
  /** As measured. */
  width: number;
  font: Font;
  fill: string;
}

export interface Font {
  size: number;
  weight: 400 | 600;
}

/** Knows the fonts. Everything from outside goes through `printable` before it is measured. */
export interface Ruler {
  /** The text as it can be drawn: one line, without what no font here has. */
  printable(text: string): string;
  width(text: string, font: Font): number;
}
