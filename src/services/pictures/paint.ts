/** Ruler and brush: the one place that draws. */
import { createCanvas, type SKRSContext2D } from '@napi-rs/canvas';
import { look } from './look.ts';
import type { Font, Ruler, Shape } from './scene.ts';
import { typeset } from './typeset.ts';

/** Pixels per unit: a phone shows the card at about 1100 pixels, and 2 would take twice the time. */
const scale = 1.5;

const measuring = createCanvas(1, 1).getContext('2d');

export const ruler: Ruler = {
  printable: (text) => typeset(text).text,
  width(text, font) {
    choose(measuring, font, typeset(text).families);
    return measuring.measureText(text).width;
  },
};

/** As a PNG; the encoding runs on a thread of its own. */
export function paint(shapes: readonly Shape[]): Promise<Buffer> {
  const { width, height } = look.card;
  const canvas = createCanvas(width * scale, height * scale);
  const pen = canvas.getContext('2d');
  pen.scale(scale, scale);
  for (const shape of shapes) {
    pen.fillStyle = shape.fill;
    if (shape.is === 'box') {
      pen.beginPath();
      pen.roundRect(shape.x, shape.y, shape.width, shape.height, shape.radius);
      pen.fill();
    } else {
      choose(pen, shape.font, typeset(shape.text).families);
      pen.fillText(shape.text, shape.x, shape.y);
    }
  }
  return canvas.encode('png');
}

function choose(pen: SKRSContext2D, { size, weight }: Font, families: string): void {
  // The weight in `font` would only smear the regular one: these fonts carry their weights on an axis.
  pen.fontVariationSettings = `'wght' ${weight}`;
  pen.font = `${size}px ${families}`;
}
