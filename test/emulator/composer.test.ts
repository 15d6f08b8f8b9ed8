import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { loadImage } from '@napi-rs/canvas';
import { afterAll, describe, expect, onTestFinished, test } from 'vitest';
import { Composer } from '../../playground/song-api/composer/composer.ts';
import { encodeMp4 } from '../../playground/song-api/composer/encode-mp4.ts';
import { barLineNear, scoreOf } from '../../playground/song-api/composer/piece-score.ts';
import type { Piece } from '../../playground/song-api/composer/piece.ts';
import { recordPiece, recordTracks } from '../../playground/song-api/composer/record-piece.ts';
import { planSong } from '../../playground/song-api/composer/song-plan.ts';
import type { Keeps, SongRequest } from '../../playground/song-api/composer/song-request.ts';
import { addTo, sampleRate, silence } from '../../playground/song-api/composer/stereo.ts';
import { leadInSeconds, TimeGrid } from '../../playground/song-api/composer/time-grid.ts';
import { stemsOf } from '../../playground/song-api/composer/tracks.ts';
import {
  estimateBpm,
  largestLeap,
  likeness,
  notesOf,
  peakOf,
  rmsOf,
  spectralCentroid,
} from './composer-ear.ts';

const request = (words: string, change: Partial<SongRequest> = {}): SongRequest => ({
  words,
  title: 'A test',
  lyrics: '',
  instrumental: true,
  seconds: 5,
  seed: 7,
  ...change,
});
const sung = {
  lyrics: '[Verse]\nI saw the morning beside the river\nand all I heard was rain',
  instrumental: false,
};

const song = (wanted: SongRequest): Piece => ({ is: 'song', request: wanted });
const heard = (wanted: SongRequest): Float32Array => recordPiece(song(wanted)).left;

describe('what is composed', () => {
  test('follows its words: fast techno is faster and brighter than slow piano', () => {
    const [fast, slow] = [
      request('fast happy techno', { seconds: 12 }),
      request('slow sad piano', { seconds: 12 }),
    ];
    const [techno, piano] = [heard(fast), heard(slow)];
    expect(planSong(fast).bpm).toBeGreaterThan(1.5 * planSong(slow).bpm);
    expect(spectralCentroid(techno)).toBeGreaterThan(2 * spectralCentroid(piano));
    expect(planSong(fast).mode).toBe('major');
    expect(planSong(slow).mode).toBe('minor');
  });

  test.each(['fast happy techno', 'rock', 'chiptune', 'pop about summer'])(
    '%s: its tempo can be heard, not only read',
    (words) => {
      const wanted = request(words, { seconds: 12 });
      const bpm = estimateBpm(heard(wanted));
      // Itself, or the half or third that an ear may settle on.
      const multiples = [1, 2, 1.5, 0.5].map((factor) => Math.abs((bpm * factor) / planSong(wanted).bpm - 1));
      expect(Math.min(...multiples)).toBeLessThan(0.02);
    },
  );

  test('is in the key that was asked for', () => {
    const notes = notesOf(heard(request('solo piano in E minor', { seconds: 12 })));
    const scale = [4, 6, 7, 9, 11, 0, 2];
    const inside = scale.reduce((sum, note) => sum + notes[note]!, 0) / 7;
    const outside = [1, 3, 5, 8, 10].reduce((sum, note) => sum + notes[note]!, 0) / 5;
    expect(inside).toBeGreaterThan(2 * outside);
  });

  test.each([
    'fast happy techno',
    'slow sad piano',
    'rock anthem with electric guitar',
    'lofi beats to study to',
    'epic orchestra battle',
    'dreamy ambient with bells',
    'bossa nova flute',
  ])('%s: stays within full scale, starts and ends in silence, and is heard', (words) => {
    const master = recordPiece(song(request(words, sung)));
    expect(master.left).toHaveLength(5 * 44_100);
    expect(peakOf(master)).toBeLessThanOrEqual(0.84 + 1e-6);
    for (const side of [master.left, master.right]) {
      expect(rmsOf(side)).toBeGreaterThan(0.05);
      expect(rmsOf(side)).toBeLessThan(0.3);
      expect(Math.abs(side[0]!)).toBeLessThan(1e-6);
      expect(Math.abs(side.at(-1)!)).toBeLessThan(1e-6);
      // An offset would click at both ends.
      expect(Math.abs(side.reduce((sum, sample) => sum + sample, 0) / side.length)).toBeLessThan(0.01);
    }
    // No hole in the middle: every second up to the fade has something in it.
    for (let second = 1; second < 4; second += 1)
      expect(rmsOf(master.left.subarray(second * 44_100, (second + 1) * 44_100))).toBeGreaterThan(0.005);
  });

  test('is the sum of its stems, room included', () => {
    const wanted = song(request('a pop song about summer', { ...sung, seconds: 20 }));
    const { tracks, mix } = recordTracks(wanted, true);
    expect([...tracks.keys()]).toEqual(expect.arrayContaining(['kick', 'bass', 'vocals', 'backing']));
    const { score, plans } = scoreOf(wanted);
    for (const kit of ['two', 'four', 'all'] as const) {
      const sum = silence(mix.left.length);
      for (const { name } of stemsOf(plans[0].plan, score, kit)) {
        const stem = recordTracks({ is: 'stem', of: wanted, kit, name }, true).mix;
        expect(peakOf(stem)).toBeGreaterThan(0.01);
        addTo(sum, stem);
      }
      addTo(sum, mix, -1);
      expect(peakOf(sum)).toBeLessThan(1e-4);
    }
  });

  test('is sung when its words say: the voice sounds in them, and is still before the first', () => {
    const wanted = song(request('a pop song', { ...sung, seconds: 14 }));
    const { words } = scoreOf(wanted).score;
    expect(words.slice(0, 7).map(({ word }) => word)).toEqual(
      'I saw the morning beside the river'.split(' '),
    );
    const voice = recordTracks({ is: 'stem', of: wanted, kit: 'two', name: 'Vocals' }, true).mix.left;
    const loud = (from: number, to: number): number =>
      rmsOf(voice.subarray(Math.round(from * sampleRate), Math.round(to * sampleRate)));
    expect(loud(0, words[0]!.start - 0.02)).toBeLessThan(1e-3);
    for (const [index, { start, end, line }] of words.entries()) {
      expect(start).toBeGreaterThanOrEqual(words[index - 1]?.end ?? 0);
      if (end < 12) expect(loud(start, end)).toBeGreaterThan(0.02);
      expect(line).toBeGreaterThanOrEqual(words[index - 1]?.line ?? 0);
    }
    expect(scoreOf(song(request('a pop song', { ...sung, instrumental: true }))).score.words).toEqual([]);
  });

  test('has the voice that was asked for', () => {
    const tune = (words: string): number => {
      const { vocals } = scoreOf(song(request(words, { ...sung, seconds: 12 }))).score;
      return vocals.reduce((sum, { midi }) => sum + midi, 0) / vocals.length;
    };
    expect(tune('pop, female voice')).toBeGreaterThan(tune('pop, male voice') + 5);
  });

  test('is a loop without a seam, of whole bars, where a loop is asked for', () => {
    const loop = request('house', { sound: { form: 'loop', bpm: 120, key: 'Am' } });
    const { left } = recordPiece(song(loop));
    expect(left).toHaveLength(4 * 2 * sampleRate);
    // Played twice, the seam is no harder than any other beat.
    expect(Math.abs(left[0]! - left.at(-1)!)).toBeLessThanOrEqual(largestLeap(left));
    const once = recordPiece(
      song(request('kick', { sound: { form: 'one-shot', bpm: null, key: null } })),
    ).left;
    expect(rmsOf(once.subarray(sampleRate * 1.5))).toBeLessThan(
      0.01 * rmsOf(once.subarray(0, sampleRate / 2)),
    );
  });
});

describe('what is made of a song', () => {
  const parent = request('rock song about home', { ...sung, seconds: 20 });
  const child = (keeps: Keeps, change: Partial<SongRequest> = {}): SongRequest => ({
    ...parent,
    seed: 99,
    ...change,
    kin: { of: parent, keeps },
  });
  const plan = planSong(parent);
  const grid = new TimeGrid(plan);
  const bar = (samples: Float32Array, n: number): Float32Array =>
    samples.subarray(Math.round(grid.at(n, 0) * sampleRate), Math.round(grid.at(n + 1, 0) * sampleRate));

  test('a cover keeps the chords and changes the sound', () => {
    const jazz = child('chords', { words: 'calm solo piano' });
    const [before, after] = [heard(parent), heard(jazz)];
    const other = heard(request('calm solo piano', { seconds: 20, seed: 4 }));
    const bars = [2, 4, 5, 7];
    const alike = (samples: Float32Array): number =>
      bars.reduce((sum, n) => sum + likeness(notesOf(bar(before, n)), notesOf(bar(samples, n))), 0) /
      bars.length;
    expect(alike(after)).toBeGreaterThan(alike(other) + 0.1);
    expect(spectralCentroid(after)).toBeLessThan(0.7 * spectralCentroid(before));
  });

  test('a variation keeps chords and band, and changes the tune', () => {
    const [before, after] = [scoreOf(song(parent)).score, scoreOf(song(child('band'))).score];
    expect(after.chords).toEqual(before.chords);
    expect(after.drums).toEqual(before.drums);
    expect(after.vocals.map(({ midi }) => midi)).not.toEqual(before.vocals.map(({ midi }) => midi));
  });

  test('a remaster is the same, but brighter', () => {
    const polished = child('everything', { polish: 0.35 });
    expect(scoreOf(song(polished)).score).toEqual(scoreOf(song(parent)).score);
    expect(spectralCentroid(heard(polished))).toBeGreaterThan(1.03 * spectralCentroid(heard(parent)));
  });

  test('the other voice sings the same words at the same times', () => {
    const [before, after] = [parent, child('everything', { otherVoice: true })].map(
      (wanted) => scoreOf(song(wanted)).score,
    );
    expect(after!.words).toEqual(before!.words);
    expect(after!.vocals[0]!.midi).not.toBe(before!.vocals[0]!.midi);
    expect(after!.bass).toEqual(before!.bass);
  });

  test('an extension goes on in the same key and tempo, on the beat', () => {
    const { at } = barLineNear(scoreOf(song(parent)), 11);
    const sequel = song(child('theme', { seconds: 15 }));
    const whole: Piece = {
      is: 'joined',
      spans: [
        { piece: song(parent), from: 0, to: at },
        { piece: sequel, from: leadInSeconds, to: 15 },
      ],
    };
    const { plans, seconds, score } = scoreOf(whole);
    expect(plans.map(({ plan: { bpm, tonic, mode } }) => ({ bpm, tonic, mode }))).toEqual(
      Array.from({ length: 2 }, () => ({ bpm: plan.bpm, tonic: plan.tonic, mode: plan.mode })),
    );
    expect(seconds).toBeCloseTo(at + 15 - leadInSeconds, 5);
    // Every kick of both halves stands on one grid of sixteenths.
    const sixteenth = grid.secondsPerBeat / 4;
    for (const { at: when, drum } of score.drums) {
      if (drum !== 'kick') continue;
      const steps = (when - leadInSeconds) / sixteenth;
      expect(Math.abs(steps - Math.round(steps))).toBeLessThan(1e-6);
    }
    // The first part is the parent's, sample by sample; there is no click where they meet.
    const [joined, first] = [recordTracks(whole, false).mix.left, recordTracks(song(parent), false).mix.left];
    const cut = Math.round(at * sampleRate);
    expect(joined.subarray(0, cut - 200)).toEqual(first.subarray(0, cut - 200));
    expect(largestLeap(joined.subarray(cut - 500, cut + 500))).toBeLessThanOrEqual(largestLeap(joined));
    expect(estimateBpm(joined)).toBeCloseTo(estimateBpm(first), 0);
  });

  test('a replaced section changes nothing around it', () => {
    const changed = song(child('band'));
    const whole: Piece = {
      is: 'joined',
      spans: [
        { piece: song(parent), from: 0, to: 6 },
        { piece: changed, from: 6, to: 10 },
        { piece: song(parent), from: 10, to: 20 },
      ],
    };
    const [before, after] = [song(parent), whole].map((piece) => recordTracks(piece, false).mix.left);
    const part = (samples: Float32Array, from: number, to: number): Float32Array =>
      samples.subarray(Math.round(from * sampleRate), Math.round(to * sampleRate));
    expect(after).toHaveLength(before!.length);
    for (const [from, to] of [
      [0, 5.99],
      [10.01, 20],
    ] as const)
      expect(part(after!, from, to)).toEqual(part(before!, from, to));
    const difference = part(after!, 6.1, 9.9).map(
      (sample, index) => sample - part(before!, 6.1, 9.9)[index]!,
    );
    expect(rmsOf(difference)).toBeGreaterThan(0.1 * rmsOf(part(before!, 6.1, 9.9)));
  });

  test('a piece that is cut and joined again is the same piece', () => {
    const piece = song(parent);
    const spans = [0, 5, 9.5, 20];
    const cut: Piece = {
      is: 'joined',
      spans: spans.slice(1).map((to, index) => ({ piece, from: spans[index]!, to })),
    };
    const [whole, again] = [piece, cut].map((one) => recordTracks(one, false).mix);
    addTo(again!, whole!, -1);
    expect(peakOf(again!)).toBeLessThan(1e-5);
  });

  test('joined pieces come apart again: their stems add up too', () => {
    const whole: Piece = {
      is: 'joined',
      spans: [
        { piece: song(parent), from: 2, to: 6 },
        { piece: song(request('slow sad piano')), from: 0, to: 5 },
      ],
    };
    const { mix, tracks } = recordTracks(whole, true);
    const sum = silence(mix.left.length);
    for (const track of tracks.values()) addTo(sum, track);
    addTo(sum, mix, -1);
    expect(peakOf(sum)).toBeLessThan(1e-4);
    expect(scoreOf(whole).seconds).toBe(9);
  });
});

describe('the composer', () => {
  const [composer, second] = [new Composer(), new Composer()];
  afterAll(async () => {
    await Promise.all([composer.stop(), second.stop()]);
  });

  const folk = (seed: number): Piece => song(request('folk', { seconds: 2, seed }));

  test('gives the same bytes for the same request, others for another seed, off this thread', async () => {
    const [one, again, other] = await Promise.all([
      composer.song(folk(7), 'Folk'),
      second.song(folk(7), 'Folk'),
      composer.song(folk(8), 'Folk'),
    ]);
    expect(one.audio.equals(again.audio)).toBe(true);
    expect(one.cover.equals(again.cover)).toBe(true);
    expect(one.audio.equals(other.audio)).toBe(false);
    const cover = await loadImage(one.cover);
    expect([cover.width, cover.height]).toEqual([640, 640]);
    // The index stands before the sound, so that a player needn't wait for the end.
    expect(one.audio.indexOf('moov')).toBeLessThan(one.audio.indexOf('mdat'));
    expect((await composer.video(folk(7), 'Folk')).equals(await second.video(folk(7), 'Folk'))).toBe(true);
  });

  test('composes equal requests once', async () => {
    const first = composer.song(folk(9), 'Folk');
    expect((await composer.song(folk(9), 'Folk')).audio.buffer).toBe((await first).audio.buffer);
  });

  test('writes WAV as it is heard', async () => {
    const wav = await composer.wav(folk(7));
    const { left } = recordPiece(folk(7));
    expect(wav).toHaveLength(44 + 2 * sampleRate * 4);
    for (const index of [30_000, 50_000, 70_000])
      expect(wav.readInt16LE(44 + index * 4)).toBe(Math.round(left[index]! * 32_767));
  });

  test('says why it could not, and goes on', async () => {
    await expect(composer.song({ is: 'joined', spans: [] }, 'Nothing')).rejects.toThrow('composing failed');
    expect((await composer.song(folk(7), 'Folk')).audio.length).toBeGreaterThan(1_000);
  });
});

const decoder = 'ffmpeg';
const ffmpeg = spawnSync(decoder, ['-version']).status === 0;
test.skipIf(!ffmpeg)('ffmpeg decodes what is encoded (skipped without ffmpeg)', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'composer-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  const file = join(folder, 'song.m4a');
  writeFileSync(file, await encodeMp4(recordPiece(song(request('pop', { seconds: 3 }))), 'Title'));
  const decoded = spawnSync(decoder, ['-v', 'error', '-i', file, '-f', 'f32le', '-ac', '1', '-'], {
    maxBuffer: 1e8,
  });
  expect(decoded.stderr.toString()).toBe('');
  const samples = new Float32Array(new Uint8Array(decoded.stdout).buffer);
  expect(samples.length / 44_100).toBeCloseTo(3, 0);
  // What the encoder adds to the peaks has room under full scale.
  expect(samples.reduce((peak, sample) => Math.max(peak, Math.abs(sample)), 0)).toBeLessThan(1);
});
