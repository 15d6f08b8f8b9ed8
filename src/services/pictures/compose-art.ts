import { mix } from './mix.ts';
import { motifs } from './motifs.ts';
import { paletteOf, type Palette } from './palette-of.ts';
import type { Mark } from './scene.ts';
import { seeded } from './seeded.ts';

export interface Artwork {
  palette: Palette;
  marks: Mark[];
}

/** The picture of a song that has none: colours from the words of its style, forms from its seed. */
export function composeArt(style: string, seed: string): Artwork {
  const palette = paletteOf(style, seed);
  const dice = seeded(seed);
  const tilt = dice.between(-40, 40);
  const ground: Mark = {
    path: 'M0 0H100V100H0Z',
    fill: {
      from: { x: 50 - tilt, y: 0 },
      to: { x: 50 + tilt, y: 100 },
      colours: [palette.mid, mix(palette.mid, palette.deep, 0.75), palette.deep],
    },
  };
  return { palette, marks: [ground, ...dice.one(motifs)(dice, palette)] };
}
