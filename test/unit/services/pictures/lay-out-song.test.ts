import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { layOutSongCard } from '../../../../src/services/pictures/lay-out-song-card.ts';
import { layOutSongCover } from '../../../../src/services/pictures/lay-out-song-cover.ts';
import { look } from '../../../../src/services/pictures/look.ts';
import { ruler } from '../../../../src/services/pictures/paint.ts';
import type { Box, Picture, Text } from '../../../../src/services/pictures/scene.ts';
import { areaOf, overlap, within, type Area } from './areas.ts';
import { anySong, rain, titles } from './song-samples.ts';

const textsOf = ({ shapes }: Picture): Text[] =>
  shapes.filter((shape) => shape.is === 'text').filter(({ text }) => text !== '');
const boxesOf = ({ shapes }: Picture): Box[] => shapes.filter((shape) => shape.is === 'box');
const artOf = ({ shapes }: Picture): Area | undefined => {
  const art = shapes.find((shape) => shape.is === 'art');
  return art === undefined ? undefined : { x: art.x, y: art.y, width: art.side, height: art.side };
};
const barsOf = (picture: Picture): Box[] => boxesOf(picture).filter(({ width }) => width === 6);

function problemsOf(picture: Picture): string[] {
  const inside: Area = { x: 20, y: 16, width: picture.width - 40, height: picture.height - 32 };
  const texts = textsOf(picture);
  const bars = barsOf(picture);
  return [
    ...texts.filter((text) => !within(areaOf(text), inside)).map(({ text }) => `"${text}" runs off`),
    ...texts.flatMap((text, index) =>
      texts
        .slice(index + 1)
        .filter((other) => overlap(areaOf(text), areaOf(other)))
        .map((other) => `"${text.text}" overlaps "${other.text}"`),
    ),
    ...texts
      .filter((text) => bars.some((bar) => overlap(areaOf(text), bar)))
      .map(({ text }) => `"${text}" stands on the waveform`),
    ...bars.filter((bar) => !within(bar, inside)).map((bar) => `off the card: ${JSON.stringify(bar)}`),
    ...boxesOf(picture)
      .filter((box) => Object.values(box).some((value) => Number.isNaN(value)))
      .map((box) => `no box: ${JSON.stringify(box)}`),
  ];
}

describe('the card of a song', () => {
  it('keeps everything in its place, whatever it is told', () => {
    fc.assert(
      fc.property(anySong, fc.boolean(), (song, withArt) => {
        const picture = layOutSongCard(song, ruler, withArt);
        const art = artOf(picture);
        expect(problemsOf(picture)).toEqual([]);
        expect(textsOf(picture).filter((text) => art !== undefined && overlap(areaOf(text), art))).toEqual(
          [],
        );
      }),
      { numRuns: 60 },
    );
  });

  it.each(titles)('shows %s without a dot for a letter', (title) => {
    const [first] = textsOf(layOutSongCard({ ...rain, title }, ruler));
    expect(title.normalize('NFC').startsWith(first!.text.replace('…', '').trim())).toBe(true);
    expect(first!.text).not.toContain('·');
  });

  it('says what the song is', () => {
    const words = textsOf(layOutSongCard(rain, ruler)).map(({ text }) => text);
    expect(words).toEqual([
      'Rain on a Tin Roof',
      'slow sad piano, felt, close microphones',
      '3:07 · Suno · v5',
    ]);
  });

  it('says nothing of what it does not know', () => {
    const unknown = { ...rain, style: '', model: '', engine: '', seconds: null };
    expect(textsOf(layOutSongCard(unknown, ruler)).map(({ text }) => text)).toEqual(['Rain on a Tin Roof']);
    expect(boxesOf(layOutSongCard(unknown, ruler)).map(({ fill }) => fill)).not.toContain(look.state.done);
  });

  it('wraps a long title once, between words, and cuts what is left', () => {
    const title =
      'A title of so many words that they will not find any room at all in two lines of this card';
    const lines = textsOf(layOutSongCard({ ...rain, title }, ruler)).slice(0, 2);
    const [first, second] = lines.map(({ text }) => text);
    expect(title.startsWith(`${first} ${second!.slice(0, -1)}`)).toBe(true);
    expect(second).toMatch(/…$/);
  });

  it('draws the loudest part highest, and silence as a row of dots', () => {
    const peaks = Array.from({ length: 500 }, (_, index) => (index < 250 ? 0.1 : 0.4));
    const bars = barsOf(layOutSongCard({ ...rain, peaks }, ruler));
    expect(bars.at(-1)!.height).toBeCloseTo(84);
    expect(bars[0]!.height).toBeCloseTo(21);
    const silent = barsOf(layOutSongCard({ ...rain, peaks: [0, 0] }, ruler));
    expect(new Set(silent.map(({ height }) => height))).toEqual(new Set([6]));
    expect(barsOf(layOutSongCard({ ...rain, peaks: [] }, ruler))).toEqual([]);
  });

  it('leaves its own art out where the song has a cover', () => {
    expect(artOf(layOutSongCard(rain, ruler, false))).toBeUndefined();
    expect(artOf(layOutSongCard(rain, ruler))).toBeDefined();
  });
});

describe('the cover of a song', () => {
  it('keeps its title in its place, whatever that is', () => {
    fc.assert(
      fc.property(anySong, (song) => {
        expect(problemsOf(layOutSongCover(song, ruler))).toEqual([]);
      }),
      { numRuns: 30 },
    );
  });

  it('breaks a word that is longer than a line', () => {
    const word = 'Donaudampfschifffahrtsgesellschaftskapitän';
    const lines = textsOf(layOutSongCover({ ...rain, title: word }, ruler));
    expect(lines.map(({ text }) => text).join('')).toBe(word);
    expect(lines.length).toBeGreaterThan(1);
  });

  it('begins no line with what closes a phrase', () => {
    for (const title of titles)
      for (const { text } of textsOf(layOutSongCover({ ...rain, title }, ruler)))
        expect(text).not.toMatch(/^[、，。)」]/u);
  });
});
