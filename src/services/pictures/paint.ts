/** Ruler and brush: the one place that draws. */
import { createCanvas, Path2D, type SKRSContext2D } from '@napi-rs/canvas';
import type { Art, Font, Gradient, Line, Picture, Ruler, Text } from './scene.ts';
import { typeset } from './typeset.ts';

const measuring = createCanvas(1, 1).getContext('2d');

export const ruler: Ruler = {
  printable: (text) => typeset(text).text,
  width(text, font) {
    choose(measuring, font, typeset(text).families);
    return measuring.measureText(text).width;
  },
};

/** As a PNG; the encoding runs on a thread of its own. */
export async function paint({ width, height, scale, shapes }: Picture): Promise<Buffer> {
  const canvas = createCanvas(Math.round(width * scale), Math.round(height * scale));
  const pen = canvas.getContext('2d');
  pen.scale(scale, scale);
  for (const shape of shapes) {
    switch (shape.is) {
      case 'box':
        pen.fillStyle = shape.fill;
        pen.beginPath();
        pen.roundRect(shape.x, shape.y, shape.width, shape.height, shape.radius);
        pen.fill();
        break;
      case 'text':
        write(pen, shape);
        break;
      case 'line':
        draw(pen, shape);
        break;
      case 'art':
        hang(pen, shape);
    }
  }
  const png = await canvas.encode('png');
  // Gives back its pixels now: the garbage collector sees only a small object, and let them grow to 100 MB.
  canvas.width = 1;
  canvas.height = 1;
  return png;
}

function write(pen: SKRSContext2D, { text, x, y, font, fill }: Text): void {
  pen.fillStyle = fill;
  choose(pen, font, typeset(text).families);
  // So that the ellipsis stands where the text ends.
  pen.direction = startsFromTheRight.test(text) ? 'rtl' : 'ltr';
  pen.textAlign = 'left';
  pen.fillText(text, x, y);
}

/** Its first letter that has a direction. */
const startsFromTheRight =
  /^[^\p{L}]*[\p{Script=Arabic}\p{Script=Hebrew}\p{Script=Syriac}\p{Script=Thaana}\p{Script=Nko}]/u;

function draw(pen: SKRSContext2D, { points, radius, thickness, stroke }: Line): void {
  pen.strokeStyle = stroke;
  pen.lineWidth = thickness;
  pen.lineCap = 'round';
  pen.beginPath();
  points.forEach(({ x, y }, index) => {
    const next = points[index + 1];
    if (index === 0) pen.moveTo(x, y);
    else if (next === undefined) pen.lineTo(x, y);
    else pen.arcTo(x, y, next.x, next.y, radius);
  });
  pen.stroke();
}

function hang(pen: SKRSContext2D, { x, y, side, radius, marks }: Art): void {
  pen.save();
  pen.beginPath();
  pen.roundRect(x, y, side, side, radius);
  pen.clip();
  pen.translate(x, y);
  pen.scale(side / 100, side / 100);
  for (const { path, fill, alpha = 1 } of marks) {
    pen.globalAlpha = alpha;
    pen.fillStyle = typeof fill === 'string' ? fill : blend(pen, fill);
    // oxlint-disable-next-line unicorn/no-array-fill-with-reference-type -- a pen, not an array
    pen.fill(new Path2D(path), 'evenodd');
  }
  pen.restore();
}

function blend(
  pen: SKRSContext2D,
  { from, to, colours }: Gradient,
): ReturnType<SKRSContext2D['createLinearGradient']> {
  const gradient = pen.createLinearGradient(from.x, from.y, to.x, to.y);
  colours.forEach((colour, index) => gradient.addColorStop(index / Math.max(1, colours.length - 1), colour));
  return gradient;
}

function choose(pen: SKRSContext2D, { size, weight }: Font, families: string): void {
  // The weight in `font` would only smear the regular one: these fonts carry their weights on an axis.
  pen.fontVariationSettings = `'wght' ${weight}`;
  pen.font = `${size}px ${families}`;
}
