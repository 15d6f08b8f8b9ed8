import * as fc from 'fast-check';
import { AdtsOutputFormat, Mp4OutputFormat, WavOutputFormat } from 'mediabunny';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { probePicture } from '../../src/services/audio/probe.ts';
import { hasFfmpeg, makeSong } from '../support/ffmpeg.ts';
import { fuzzRuns, fuzzTimeout } from '../support/fuzz-runs.ts';
import { HeadReader } from '../support/head-reader.ts';
import { recordTone } from '../support/record-tone.ts';

const samples: Buffer[] = [];
let folder: string;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'minstrel-heads-'));
  samples.push(
    Buffer.from(await recordTone(new Mp4OutputFormat({ fastStart: 'in-memory' }), 'aac')),
    Buffer.from(await recordTone(new Mp4OutputFormat({ fastStart: false }), 'aac')),
    Buffer.from(await recordTone(new Mp4OutputFormat({ fastStart: 'fragmented' }), 'aac')),
    Buffer.from(await recordTone(new WavOutputFormat(), 'pcm-s16')),
    Buffer.from(await recordTone(new AdtsOutputFormat(), 'aac')),
  );
  const more = hasFfmpeg ? ['mp3', 'ogg', 'flac', 'opus.ogg'] : [];
  for (const extension of more) {
    const codec = extension === 'opus.ogg' ? ['-c:a', 'libopus'] : [];
    samples.push(readFileSync(makeSong(join(folder, `sample.${extension}`), 1, codec)));
  }
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** A number as hostile heads have it. */
const number = fc.constantFrom(0, 1, 7, 8, 0x7f, 0xff, 0xffff, 0x7fff_ffff, 0x8000_0000, 0xffff_ffff);
const change = fc.record({
  at: fc.nat(),
  /** Most of what steers a reader stands in front. */
  near: fc.constantFrom(64, 512, 4_096, 1_000_000),
  by: fc.oneof(
    number.map((value) => Buffer.from(Uint32Array.of(value).buffer).reverse()),
    number.map((value) => Buffer.from(Uint32Array.of(value).buffer)),
    fc.uint8Array({ minLength: 1, maxLength: 12 }).map((bytes) => Buffer.from(bytes)),
    fc
      .constantFrom('moov', 'trak', 'stsz', 'stco', 'mdat', 'RIFF', 'data', 'OggS', 'fLaC', 'ID3')
      .map((name) => Buffer.from(name)),
  ),
});

const broken = fc
  .record({
    which: fc.nat(),
    changes: fc.array(change, { minLength: 1, maxLength: 6 }),
    share: fc.oneof({ arbitrary: fc.constant(1), weight: 3 }, fc.double({ min: 0, max: 1, noNaN: true })),
    prefix: fc.oneof(
      { arbitrary: fc.constant(Buffer.alloc(0)), weight: 5 },
      fc.uint8Array({ maxLength: 40 }),
    ),
  })
  .map(({ which, changes, share, prefix }) => {
    const file = Buffer.from(samples[which % samples.length] ?? []);
    for (const { at, near, by } of changes) by.copy(file, at % Math.min(near, file.length));
    return Buffer.concat([prefix, file.subarray(0, Math.floor(file.length * share))]);
  });

describe('any file', fuzzTimeout, () => {
  it('is a song with a length, or NotAudio, or more than its limits allow: nothing else is thrown', async () => {
    const path = join(folder, 'take');
    const reader = new HeadReader();
    onTestFinished(() => reader.stop());
    const counts = { song: 0, none: 0, 'cut short': 0, thrown: 0 };
    await fc.assert(
      fc.asyncProperty(broken, async (bytes) => {
        writeFileSync(path, bytes);
        const outcome = await reader.read(path);
        counts[outcome.is] += 1;
        expect(outcome).not.toMatchObject({ is: 'thrown' });
        if (outcome.is !== 'song') return;
        const { song } = outcome;
        expect(song).toMatchObject({ path, bytes: bytes.length });
        expect(song.seconds > 0 && song.seconds < 6 * 3_600).toBe(true);
        expect(song.mime).toMatch(/^audio\//);
      }),
      fuzzRuns(300, 5_000),
    );
    process.stdout.write(`    ${JSON.stringify(counts)}\n`);
    expect(Math.min(counts.song, counts.none)).toBeGreaterThan(0);
    expect(counts['cut short']).toBeLessThan(counts.song);
  });

  it('is a picture by its first bytes, or none', async () => {
    const path = join(folder, 'cover');
    const begins = fc.constantFrom(
      '',
      '89504e470d0a1a0a',
      'ffd8ff',
      '474946383961',
      '52494646',
      '5249464600000000',
    );
    await fc.assert(
      fc.asyncProperty(begins, fc.uint8Array({ maxLength: 30 }), async (head, rest) => {
        writeFileSync(path, Buffer.concat([Buffer.from(head, 'hex'), rest]));
        expect([undefined, 'jpg', 'png', 'gif', 'webp']).toContain(await probePicture(path));
      }),
      fuzzRuns(200, 2_000),
    );
  });
});
