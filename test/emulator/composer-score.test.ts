import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { planSong } from '../../playground/song-api/composer/song-plan.ts';
import type { SongRequest } from '../../playground/song-api/composer/song-request.ts';
import { songLength } from '../../playground/song-api/composer/song-length.ts';
import { syllablesOf } from '../../playground/song-api/composer/syllables.ts';
import { writeScore } from '../../playground/song-api/composer/write-score.ts';

const fresh = fc.record({
  words: fc.oneof(
    fc.string({ unit: 'grapheme' }),
    fc.constantFrom('fast techno', 'slow waltz', 'sad jazz', 'ambient sleep', 'metal', 'solo piano', 'lofi'),
  ),
  title: fc.string(),
  lyrics: fc.oneof(fc.string({ unit: 'grapheme' }), fc.constant('[Verse]\nla la la\n\n歌を歌う')),
  instrumental: fc.boolean(),
  seconds: fc.integer({ min: 1, max: 120 }),
  seed: fc.nat(),
});

const keeps = fc.constantFrom('theme', 'chords', 'band', 'everything' as const);
const requests: fc.Arbitrary<SongRequest> = fc.oneof(
  fresh,
  fc
    .tuple(fresh, fresh, keeps)
    .map(([request, of, kept]): SongRequest => ({ ...request, kin: { of, keeps: kept } })),
  fc
    .tuple(fresh, fc.constantFrom('one-shot', 'loop' as const), fc.integer({ min: 1, max: 300 }))
    .map(([request, form, bpm]): SongRequest => ({ ...request, sound: { form, bpm, key: 'F#m' } })),
);

test('any words make a song: every note can be played, and every word is sung in its place', () => {
  fc.assert(
    fc.property(requests, (request) => {
      const plan = planSong(request);
      const score = writeScore(plan);
      expect(plan.bpm).toBeGreaterThanOrEqual(request.sound === undefined ? 45 : 40);
      expect(plan.bpm).toBeLessThanOrEqual(request.sound === undefined ? 184 : 240);
      expect(plan.sections.reduce((bars, section) => bars + section.bars, 0)).toBe(plan.bars);
      expect(plan.chords).toHaveLength(plan.bars + 1);
      for (const note of [
        ...score.bass,
        ...score.chords,
        ...score.pad,
        ...score.lead,
        ...score.backing,
        ...score.vocals,
      ]) {
        expect(note.at).toBeGreaterThanOrEqual(0);
        expect(note.seconds).toBeGreaterThan(0);
        expect(note.velocity).toBeGreaterThan(0);
        expect(note.velocity).toBeLessThanOrEqual(1.1);
        expect(note.midi).toBeGreaterThanOrEqual(24);
        expect(note.midi).toBeLessThanOrEqual(100);
      }
      expect(score).toEqual(writeScore(planSong(request)));
      expect(request.instrumental && score.words.length > 0).toBe(false);
    }),
    { numRuns: 120 },
  );
});

test('a description can ask for a length', () => {
  expect(songLength('a jingle of 12 seconds', 1)).toBe(12);
  expect(songLength('a short march', 1)).toBe(8);
  for (let seed = 0; seed < 50; seed += 1) {
    expect(songLength('pop', seed)).toBeGreaterThanOrEqual(18);
    expect(songLength('epic ballad', seed)).toBeLessThanOrEqual(60);
  }
});

test('syllables are counted roughly as English does', () => {
  const count = (line: string): number => syllablesOf(line).length;
  expect(count('I saw the morning')).toBe(5);
  expect(count('coffee on the table')).toBe(6);
  expect(count('home')).toBe(1);
  expect(count('über, olé!')).toBe(4);
  expect(count('歌を歌う')).toBe(4);
  expect(count('... -- !')).toBe(0);
});
