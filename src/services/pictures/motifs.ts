/** Six ways to fill a square of 100 by 100. Each looks like something at 40 pixels and at 640. */
import { mix } from './mix.ts';
import type { Palette } from './palette-of.ts';
import type { Mark } from './scene.ts';
import type { Dice } from './seeded.ts';

type Motif = (dice: Dice, palette: Palette) => Mark[];

/** Two digits are finer than a pixel, and hide the last bits of a machine's sine. */
const at = (value: number): string => String(Math.round(value * 100) / 100);

const disc = (x: number, y: number, radius: number): string =>
  `M${at(x - radius)} ${at(y)}a${at(radius)} ${at(radius)} 0 1 0 ${at(2 * radius)} 0a${at(radius)} ${at(radius)} 0 1 0 ${at(-2 * radius)} 0Z`;

const ring = (x: number, y: number, radius: number, thickness: number): string =>
  disc(x, y, radius) + disc(x, y, radius - thickness);

/** A line from the left edge to the right, as high as `height` says at each place, and all that is below it. */
function below(height: (x: number) => number): string {
  const points = Array.from({ length: 51 }, (_, step) => `${step * 2} ${at(height(step * 2))}`);
  return `M0 100L${points.join('L')}L100 100Z`;
}

/** A low sun over hills. */
const hills: Motif = (dice, { deep, mid, accents }) => {
  const [warm, second, light] = accents;
  const sun = { x: dice.between(26, 74), y: dice.between(30, 44), radius: dice.between(16, 22) };
  const layers = 4;
  return [
    { path: disc(sun.x, sun.y, sun.radius * 1.9), fill: light, alpha: 0.08 },
    { path: disc(sun.x, sun.y, sun.radius * 1.4), fill: light, alpha: 0.12 },
    {
      path: disc(sun.x, sun.y, sun.radius),
      fill: {
        from: { x: 0, y: sun.y - sun.radius },
        to: { x: 0, y: sun.y + sun.radius },
        colours: [light, warm],
      },
    },
    ...Array.from({ length: layers }, (_, layer): Mark => {
      const [base, swell, phase] = [48 + layer * 13, dice.between(4, 9), dice.between(0, 7)];
      const [long, short] = [dice.between(14, 22), dice.between(6, 9)];
      const tone = mix(mix(mid, second, 0.55), deep, layer / (layers - 1));
      return {
        path: below(
          (x) => base + swell * Math.sin(x / long + phase) + swell * 0.3 * Math.sin(x / short - phase),
        ),
        fill: tone,
      };
    }),
  ];
};

/** A record, or the rings of a tree, from somewhere near a corner. */
const rings: Motif = (dice, { deep, mid, accents }) => {
  const x = dice.one([18, 82, 50]);
  const y = dice.one([16, 30, 44]);
  const tones = [accents[0], deep, accents[1], mid, accents[2], deep] as const;
  const start = dice.below(tones.length);
  const widths = Array.from({ length: 9 }, () => dice.between(5, 13));
  let radius = widths.reduce((sum, width) => sum + width, 0);
  return [
    ...widths.map((width, index): Mark => {
      const mark = { path: disc(x, y, radius), fill: tones[(start + index) % tones.length] ?? mid };
      radius -= width;
      return mark;
    }),
    { path: disc(x, y, 2.2), fill: deep },
  ];
};

/** Quarter circles, halves and dots on a board. */
const tiles: Motif = (dice, { deep, mid, accents }) => {
  const count = dice.one([3, 4]);
  const side = 100 / count;
  const tones = [deep, mid, ...accents] as const;
  return Array.from({ length: count * count }, (_, cell): Mark[] => {
    const x = (cell % count) * side;
    const y = Math.floor(cell / count) * side;
    const back = dice.below(tones.length);
    const front = (back + 1 + dice.below(tones.length - 1)) % tones.length;
    const [right, bottom, middle] = [x + side, y + side, side / 2];
    const arc = `A${at(side)} ${at(side)} 0 0`;
    const half = `A${at(middle)} ${at(middle)} 0 0`;
    const form = dice.one([
      `M${at(x)} ${at(y)}H${at(right)}${arc} 1 ${at(x)} ${at(bottom)}Z`,
      `M${at(right)} ${at(y)}V${at(bottom)}${arc} 1 ${at(x)} ${at(y)}Z`,
      `M${at(right)} ${at(bottom)}H${at(x)}${arc} 1 ${at(right)} ${at(y)}Z`,
      `M${at(x)} ${at(bottom)}V${at(y)}${arc} 1 ${at(right)} ${at(bottom)}Z`,
      `M${at(x)} ${at(y)}${half} 0 ${at(right)} ${at(y)}ZM${at(x)} ${at(y + middle)}${half} 0 ${at(right)} ${at(y + middle)}Z`,
      disc(x + middle, y + middle, middle * 0.62),
      ring(x + middle, y + middle, middle * 0.8, middle * 0.4),
    ]);
    return [
      // A hair over the edge, so that no seam shows between two tiles.
      {
        path: `M${at(x)} ${at(y)}h${at(side + 0.3)}v${at(side + 0.3)}h${at(-side - 0.3)}Z`,
        fill: tones[back] ?? deep,
      },
      { path: form, fill: tones[front] ?? mid },
    ];
  }).flat();
};

/** Bands that flow across. */
const ribbons: Motif = (dice, { deep, mid, accents }) => {
  const tones = [accents[2], accents[1], accents[0], mid, mix(mid, deep, 0.6), deep];
  const [long, phase, slope] = [dice.between(15, 24), dice.between(0, 7), dice.between(-0.35, 0.35)];
  return tones.map((fill, band): Mark => {
    const base = 26 + band * 11 - slope * 50;
    const swell = 13 - band * 1.2;
    return {
      path: below((x) => base + slope * x + swell * Math.sin(x / long + phase + band * 0.45)),
      fill,
    };
  });
};

/** Discs that shine through each other, and the paths of planets. */
const orbits: Motif = (dice, { accents }) => {
  const x = dice.between(38, 62);
  const y = dice.between(34, 48);
  const turn = dice.between(0, 2 * Math.PI);
  const around = (angle: number, distance: number): [number, number] => [
    x + distance * Math.cos(angle),
    y + distance * Math.sin(angle),
  ];
  return [
    ...accents.map((fill, index): Mark => {
      const [left, top] = around(turn + (index * 2 * Math.PI) / 3, 13);
      return { path: disc(left, top, 22), fill, alpha: 0.72 };
    }),
    ...[42, 54, 67].flatMap((radius): Mark[] => {
      const [left, top] = around(dice.between(0, 2 * Math.PI), radius - 0.4);
      return [
        { path: ring(x, y, radius, 0.8), fill: accents[2], alpha: 0.35 },
        { path: disc(left, top, dice.between(2, 4)), fill: dice.one(accents) },
      ];
    }),
  ];
};

/** The columns of an equalizer, mirrored like a skyline in water. */
const columns: Motif = (dice, { accents }) => {
  const count = dice.one([7, 9, 11]);
  const slot = 84 / count;
  const width = slot * 0.62;
  const [low, peak] = [dice.between(0, 7), dice.between(0.3, 0.7)];
  return Array.from({ length: count }, (_, index): Mark => {
    const place = (index + 0.5) / count;
    const hump = Math.exp(-(((place - peak) / 0.32) ** 2));
    const height = width + 66 * hump * (0.55 + 0.45 * Math.abs(Math.sin(index * 2.1 + low)));
    const x = 8 + slot * index + (slot - width) / 2;
    const y = 46 - height / 2;
    const [round, straight] = [at(width / 2), at(height - width)];
    return {
      path: `M${at(x)} ${at(y + width / 2)}a${round} ${round} 0 0 1 ${at(width)} 0v${straight}a${round} ${round} 0 0 1 ${at(-width)} 0Z`,
      fill: {
        from: { x: 0, y: 8 },
        to: { x: 0, y: 84 },
        colours: [accents[2], accents[0], accents[1]],
      },
    };
  });
};

export const motifs: readonly [Motif, ...Motif[]] = [hills, rings, tiles, ribbons, orbits, columns];
