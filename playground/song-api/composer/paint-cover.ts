import { createCanvas, type Canvas, type SKRSContext2D } from '@napi-rs/canvas';
import { SeededRandom } from '../seeded-random.ts';
import { coverPalette, type CoverPalette } from './cover-palette.ts';
import { drawRhythm } from './draw-rhythm.ts';
import type { Note, Score } from './score.ts';
import type { SongPlan } from './song-plan.ts';

/** Width and height in pixels. */
const size = 640;

/**
 * A landscape out of the song: the key paints the sky, the drums draw the light, the tune is the line of the hills.
 * No letters, since a machine may have no fonts.
 */
export function paintCover(plan: SongPlan, score: Score): Canvas {
  const canvas = createCanvas(size, size);
  const context = canvas.getContext('2d');
  const random = new SeededRandom(`${plan.request.seed}/cover`);
  const palette = coverPalette(plan);
  const light = {
    x: size * random.between(0.3, 0.7),
    y: size * random.between(0.3, 0.44),
    radius: size * random.between(0.13, 0.2),
  };

  paintSky(context, palette, light);
  drawRhythm(context, plan, palette.ink, light, random);
  paintLight(context, palette, light);
  paintHills(context, palette, plan.sings ? score.vocals : score.lead, random);
  addGrain(context, random);
  return canvas;
}

interface Disc {
  x: number;
  y: number;
  radius: number;
}

function paintSky(context: SKRSContext2D, { sky, glow }: CoverPalette, light: Disc): void {
  const down = context.createLinearGradient(0, 0, 0, size * 0.8);
  for (const [index, colour] of sky.entries()) down.addColorStop(index / 2, colour);
  context.fillStyle = down;
  context.fillRect(0, 0, size, size);
  const halo = context.createRadialGradient(
    light.x,
    light.y,
    light.radius * 0.6,
    light.x,
    light.y,
    size * 0.6,
  );
  halo.addColorStop(0, glow);
  halo.addColorStop(1, 'transparent');
  context.globalAlpha = 0.4;
  context.fillStyle = halo;
  context.fillRect(0, 0, size, size);
  context.globalAlpha = 1;
}

function paintLight(
  context: SKRSContext2D,
  { light: colour, glow }: CoverPalette,
  { x, y, radius }: Disc,
): void {
  const face = context.createLinearGradient(0, y - radius, 0, y + radius);
  face.addColorStop(0, colour);
  face.addColorStop(1, glow);
  context.fillStyle = face;
  context.beginPath();
  context.arc(x, y, radius, 0, 2 * Math.PI);
  context.fill();
}

/** Four rows of hills; each takes its line from a stretch of the tune, the nearest the widest. */
function paintHills(
  context: SKRSContext2D,
  { hills }: CoverPalette,
  tune: readonly Note[],
  random: SeededRandom,
): void {
  const pitches =
    tune.length > 3 ? tune.map((note) => note.midi) : Array.from({ length: 12 }, () => random.whole(60, 72));
  const middle = pitches.reduce((sum, midi) => sum + midi, 0) / pitches.length;
  for (const [row, colour] of hills.entries()) {
    const points = 9 - row;
    const from = random.whole(0, pitches.length - 1);
    const base = size * (0.6 + row * 0.1);
    const heights = Array.from(
      { length: points + 1 },
      (_, index) =>
        base - ((pitches[(from + index) % pitches.length] ?? middle) - middle) * (8.5 - row * 0.9),
    );
    context.beginPath();
    context.moveTo(0, heights[0] ?? base);
    for (let index = 1; index <= points; index += 1) {
      const step = size / points;
      const [before = base, here = base] = heights.slice(index - 1, index + 1);
      context.bezierCurveTo((index - 0.5) * step, before, (index - 0.5) * step, here, index * step, here);
    }
    context.lineTo(size, size);
    context.lineTo(0, size);
    const shade = context.createLinearGradient(0, base - 60, 0, size);
    shade.addColorStop(0, colour);
    shade.addColorStop(1, hills[Math.min(row + 1, hills.length - 1)] ?? colour);
    context.fillStyle = shade;
    context.fill();
  }
}

/** A breath of paper, so that the gradients don't band. */
function addGrain(context: SKRSContext2D, random: SeededRandom): void {
  const image = context.getImageData(0, 0, size, size);
  for (let index = 0; index < image.data.length; index += 4) {
    const speck = (random.next() - 0.5) * 9;
    for (const colour of [0, 1, 2]) image.data[index + colour] = (image.data[index + colour] ?? 0) + speck;
  }
  context.putImageData(image, 0, 0);
}
