/** A square cover: the art over all of it, the title on a shade at its foot. */
import { composeArt } from './compose-art.ts';
import { look } from './look.ts';
import { placeText } from './place-text.ts';
import type { Font, Mark, Picture, Ruler } from './scene.ts';
import type { SongPicture } from './song-picture.ts';
import { wrapText } from './wrap-text.ts';

const side = 640;
const margin = 40;
const font: Font = { size: 60, weight: 600 };
const leading = 70;

export function layOutSongCover(song: SongPicture, ruler: Ruler): Picture {
  const { palette, marks } = composeArt(song.style, song.seed);
  const within = side - 2 * margin;
  const title = wrapText(ruler, ruler.printable(song.title), font, within, 3);
  const top = side - margin - 14 - (title.length - 1) * leading;
  const shadeFrom = ((top - font.size - 110) / side) * 100;
  const shade: Mark = {
    path: `M0 ${shadeFrom}H100V100H0Z`,
    fill: {
      from: { x: 0, y: shadeFrom },
      to: { x: 0, y: 100 },
      // The end is as good as solid: the lightest art there is stays behind white letters.
      colours: [`${palette.deep}00`, `${palette.deep}d0`, `${palette.deep}f0`, `${palette.deep}f8`],
    },
  };
  return {
    width: side,
    height: side,
    scale: 1,
    shapes: [
      {
        is: 'art',
        x: 0,
        y: 0,
        side,
        radius: 0,
        marks: title.length === 0 ? marks : [...marks, shade],
      },
      ...title.map((text, line) =>
        placeText(ruler, text, { x: margin, y: top + line * leading, font, fill: look.colour.text, within }),
      ),
    ],
  };
}
