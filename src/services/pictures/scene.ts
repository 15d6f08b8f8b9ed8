/** A picture, laid out but not painted: so a test can ask whether a text runs off or overlaps another. */
export interface Picture {
  /** In units; x counts from the left, y from the top. */
  width: number;
  height: number;
  /** Pixels per unit. */
  scale: number;
  /** Back to front. */
  shapes: readonly Shape[];
}

export type Shape = Box | Text | Line | Art;

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

/** From the first point to the last; the corners between them are rounded. */
export interface Line {
  is: 'line';
  points: readonly Point[];
  radius: number;
  thickness: number;
  stroke: string;
}

export interface Point {
  x: number;
  y: number;
}

/** A drawing in a square with rounded corners. */
export interface Art {
  is: 'art';
  x: number;
  y: number;
  /** Width and height. */
  side: number;
  radius: number;
  /** Back to front, cut at the edges of the square. */
  marks: readonly Mark[];
}

/** One outline of a drawing. */
export interface Mark {
  /** SVG path data in a square of 100 by 100. */
  path: string;
  fill: string | Gradient;
  /** 0 (unseen) to 1 (the default). */
  alpha?: number;
}

/** Straight from one point to the other, in the units of the mark. */
export interface Gradient {
  from: Point;
  to: Point;
  /** Evenly spread. */
  colours: readonly string[];
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
