import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { loadImage } from '@napi-rs/canvas';
import { afterAll, describe, expect, onTestFinished, test } from 'vitest';
import { Composer } from '../../playground/song-api/composer/composer.ts';
import { encodeM4a } from '../../playground/song-api/composer/encode-m4a.ts';
import { recordSong } from '../../playground/song-api/composer/record-song.ts';
import type { SongRequest } from '../../playground/song-api/composer/song-request.ts';
import { addTo, silence } from '../../playground/song-api/composer/stereo.ts';
import { estimateBpm, peakOf, rmsOf, spectralCentroid } from './composer-ear.ts';

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

describe('what is composed', () => {
  test('follows its words: fast techno is faster and brighter than slow piano', () => {
    const techno = recordSong(request('fast happy techno', { seconds: 12 }));
    const piano = recordSong(request('slow sad piano', { seconds: 12 }));
    expect(techno.plan.bpm).toBeGreaterThan(1.5 * piano.plan.bpm);
    expect(spectralCentroid(techno.master.left)).toBeGreaterThan(2 * spectralCentroid(piano.master.left));
    expect(techno.plan.mode).toBe('major');
    expect(piano.plan.mode).toBe('minor');
    // The tempo can be heard, not only read: itself, or the half or third that an ear may settle on.
    const heard = estimateBpm(techno.master.left);
    const multiples = [1, 2, 1.5].map((factor) => Math.abs((heard * factor) / techno.plan.bpm - 1));
    expect(Math.min(...multiples)).toBeLessThan(0.02);
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
    const { master } = recordSong(request(words, sung));
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
    const { stems, mix } = recordSong(request('a pop song about summer', { ...sung, seconds: 10 }), {
      stems: true,
    });
    expect([...stems.keys()]).toEqual(['drums', 'bass', 'chords', 'pad', 'lead', 'vocals']);
    const sum = silence(mix.left.length);
    for (const stem of stems.values()) addTo(sum, stem);
    addTo(sum, mix, -1);
    expect(peakOf(sum)).toBeLessThan(1e-4);
    for (const stem of stems.values()) expect(peakOf(stem)).toBeGreaterThan(0.01);
  });

  test('says when which word is sung', () => {
    const { score } = recordSong(request('a pop song', { ...sung, seconds: 10 }));
    expect(score.words.slice(0, 7).map(({ word }) => word)).toEqual(
      'I saw the morning beside the river'.split(' '),
    );
    for (const [index, { start, end }] of score.words.entries()) {
      expect(end).toBeGreaterThan(start);
      expect(start).toBeGreaterThanOrEqual(score.words[index - 1]?.end ?? 0);
    }
    expect(recordSong(request('a pop song', { ...sung, instrumental: true })).score.words).toEqual([]);
  });
});

describe('the composer', () => {
  const [composer, second] = [new Composer(), new Composer()];
  afterAll(async () => {
    await Promise.all([composer.stop(), second.stop()]);
  });

  test('gives the same bytes for the same request, others for another seed, off this thread', async () => {
    const [one, again, other] = await Promise.all([
      composer.song(request('folk', { seconds: 2 })),
      second.song(request('folk', { seconds: 2 })),
      composer.song(request('folk', { seconds: 2, seed: 8 })),
    ]);
    expect(one.audio.equals(again.audio)).toBe(true);
    expect(one.cover.equals(again.cover)).toBe(true);
    expect(one.audio.equals(other.audio)).toBe(false);
    expect(one.bpm).toBe(recordSong(request('folk', { seconds: 2 })).plan.bpm);
    const cover = await loadImage(one.cover);
    expect([cover.width, cover.height]).toEqual([640, 640]);
    // The index stands before the sound, so that a player needn't wait for the end.
    expect(one.audio.indexOf('moov')).toBeLessThan(one.audio.indexOf('mdat'));
  });

  test('composes equal requests once', async () => {
    const started = performance.now();
    await composer.song(request('jazz', { seconds: 2 }));
    const first = performance.now() - started;
    await Promise.all(Array.from({ length: 50 }, () => composer.song(request('jazz', { seconds: 2 }))));
    expect(performance.now() - started - first).toBeLessThan(first);
  });

  test('makes stems as files of their own', async () => {
    const stems = await composer.stems(request('rock', { seconds: 2 }));
    expect(stems.map(({ name }) => name)).toEqual(['drums', 'bass', 'chords', 'lead']);
    for (const { audio } of stems) expect(audio.length).toBeGreaterThan(1000);
  });
});

const decoder = 'ffmpeg';
const ffmpeg = spawnSync(decoder, ['-version']).status === 0;
test.skipIf(!ffmpeg)('ffmpeg decodes what is encoded (skipped without ffmpeg)', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'composer-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  const file = join(folder, 'song.m4a');
  writeFileSync(file, await encodeM4a(recordSong(request('pop', { seconds: 3 })).master, 'Title'));
  const decoded = spawnSync(decoder, ['-v', 'error', '-i', file, '-f', 'f32le', '-ac', '1', '-'], {
    maxBuffer: 1e8,
  });
  expect(decoded.stderr.toString()).toBe('');
  const samples = new Float32Array(new Uint8Array(decoded.stdout).buffer);
  expect(samples.length / 44_100).toBeCloseTo(3, 0);
  // What the encoder adds to the peaks has room under full scale.
  expect(samples.reduce((peak, sample) => Math.max(peak, Math.abs(sample)), 0)).toBeLessThan(1);
});
