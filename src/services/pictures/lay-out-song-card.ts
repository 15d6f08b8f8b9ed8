/** A banner for a finished song: its art, what it is called, what it sounds like, and its waveform. */
import { cardGround } from './card-ground.ts';
import { clockTime } from './clock-time.ts';
import { composeArt } from './compose-art.ts';
import { isolate } from './isolate.ts';
import { look } from './look.ts';
import { mix } from './mix.ts';
import type { Palette } from './palette-of.ts';
import { placeText } from './place-text.ts';
import type { Box, Font, Picture, Ruler, Shape } from './scene.ts';
import type { SongPicture } from './song-picture.ts';
import { waveBars } from './wave-bars.ts';
import { wrapText } from './wrap-text.ts';

/** Discord shows it 400 to 550 points wide, a phone somewhat less: the smallest text is still 9 points there. */
const card = { width: 960, height: 320, radius: 24, margin: 24 };
const art = { side: card.height - 2 * card.margin, radius: 16 };
const gap = 32;
const right = card.width - card.margin - 8;
const fonts = {
  title: { size: 46, weight: 600 },
  longTitle: { size: 39, weight: 600 },
  style: { size: 26, weight: 400 },
  facts: { size: 24, weight: 600 },
} satisfies Record<string, Font>;
const leading = 1.22;
const apart = 7;
const wave = { y: 212, height: 84, bar: 6, pitch: 10 };
/** From the top of the text to its end; the rest below is the waveform's. */
const textEnds = 200;

/** `withArt: false` where the song has a cover of its own, which Discord shows beside the banner. */
export function layOutSongCard(song: SongPicture, ruler: Ruler, withArt = true): Picture {
  const { palette, marks } = composeArt(song.style, song.seed);
  const left = withArt ? card.margin + art.side + gap : card.margin + 8;
  const peaks = song.peaks ?? [];
  const bottom = peaks.length > 0 ? textEnds : card.height - card.margin;
  return {
    width: card.width,
    height: card.height,
    scale: 1,
    shapes: [
      ...cardGround(card.width, card.height, card.radius),
      ...(withArt
        ? [{ is: 'art' as const, x: card.margin, y: card.margin, side: art.side, radius: art.radius, marks }]
        : []),
      ...layOutWords(song, ruler, left, bottom),
      ...layOutWave(peaks, palette, left),
    ],
  };
}

/** Title, style and facts as one block, in the middle between the top and `bottom`. */
function layOutWords(song: SongPicture, ruler: Ruler, left: number, bottom: number): Shape[] {
  const within = right - left;
  const name = ruler.printable(song.title);
  const titleFont = ruler.width(name, fonts.title) <= within ? fonts.title : fonts.longTitle;
  const title = wrapText(ruler, name, titleFont, within, 2);
  const room = bottom > textEnds ? 2 : 1;
  const style = wrapText(ruler, ruler.printable(song.style), fonts.style, within, room);
  const facts = [clockTime(song.seconds), song.engine, song.model].map((word) => ruler.printable(word));
  const foot = facts
    .filter((word) => word !== '')
    .map(isolate)
    .join('  ·  ');

  const lines = [
    ...title.map((text) => ({ text, font: titleFont, fill: look.colour.text, x: left })),
    ...style.map((text) => ({ text, font: fonts.style, fill: look.colour.quiet, x: left })),
    ...(foot === '' ? [] : [{ text: foot, font: fonts.facts, fill: look.colour.text, x: left + 28 }]),
  ];
  /** Of a line: its own height, and a little more where another kind of text begins. */
  const heights = lines.map(
    ({ font }, index) => font.size * leading + (index > 0 && lines[index - 1]?.font !== font ? apart : 0),
  );
  const height = heights.reduce((sum, line) => sum + line, 0);
  let y = card.margin + Math.max(0, (bottom - card.margin - height) / 2);
  const texts = lines.map(({ text, font, fill, x }, index) => {
    y += heights[index] ?? 0;
    const baseline = y - font.size * (leading - 0.96);
    return placeText(ruler, text, { x, y: baseline, font, fill, within: right - x });
  });
  const last = texts.at(-1);
  if (foot === '' || last === undefined) return texts;
  return [
    ...texts,
    { is: 'box', x: left, y: last.y - 16.5, width: 16, height: 16, radius: 8, fill: look.state.done },
  ];
}

function layOutWave(peaks: readonly number[], { accents }: Palette, left: number): Box[] {
  if (peaks.length === 0) return [];
  const count = Math.floor((right - left + wave.pitch - wave.bar) / wave.pitch);
  return waveBars(peaks, count).map((share, index) => {
    const height = Math.max(wave.bar, share * wave.height);
    const place = index / Math.max(1, count - 1);
    return {
      is: 'box',
      x: left + index * wave.pitch,
      y: wave.y + (wave.height - height) / 2,
      width: wave.bar,
      height,
      radius: wave.bar / 2,
      fill: place < 0.5 ? mix(accents[0], accents[1], place * 2) : mix(accents[1], accents[2], place * 2 - 1),
    };
  });
}
