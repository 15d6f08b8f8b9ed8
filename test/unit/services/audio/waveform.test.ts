import * as fc from 'fast-check';
import { WavOutputFormat, type AudioCodec } from 'mediabunny';
import { existsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { Ffmpeg } from '../../../../src/services/audio/ffmpeg.ts';
import { PeakMeter } from '../../../../src/services/audio/peak-meter.ts';
import { probeAudio } from '../../../../src/services/audio/probe.ts';
import { makeVoiceMessage } from '../../../../src/services/audio/voice-message.ts';
import { waveform, waveformBytes } from '../../../../src/services/audio/waveform.ts';
import { ffprobe, hasFfmpeg, makeSong } from '../../../support/ffmpeg.ts';
import { listeningLog } from '../../../support/quiet.ts';
import { recordTone } from '../../../support/record-tone.ts';
import { tempDir } from '../../../support/temp-dir.ts';

let ffmpeg: Ffmpeg | undefined;
beforeAll(async () => {
  ffmpeg = await Ffmpeg.find({ searchPath: process.env['PATH'] });
});

let path: string;
let log: ReturnType<typeof listeningLog>;
beforeEach(() => {
  path = join(tempDir(), 'take');
  log = listeningLog();
});

const ramp = Array.from({ length: 10 }, (_, n) => (n + 1) / 20);
function expectRamp(peaks: readonly number[] | undefined): void {
  expect(peaks).toHaveLength(10);
  for (const [n, peak] of (peaks ?? []).entries()) expect(Math.abs(peak - (ramp[n] ?? 0))).toBeLessThan(0.03);
}

describe('a waveform', () => {
  it.each<AudioCodec>(['pcm-s16', 'pcm-s24', 'pcm-f32', 'pcm-u8'])(
    'of WAVE as %s needs no ffmpeg',
    async (codec) => {
      writeFileSync(path, await recordTone(new WavOutputFormat(), codec));
      expectRamp(await waveform(await probeAudio(path), { points: 10, ffmpeg: undefined, log: log.log }));
    },
  );

  it.skipIf(!hasFfmpeg).each([
    ['m4a', ['-c:a', 'aac', '-f', 'ipod']],
    ['mp3', ['-c:a', 'libmp3lame', '-f', 'mp3']],
    ['opus', ['-c:a', 'libopus', '-f', 'ogg']],
  ])('of %s is decoded by ffmpeg', async (_, as) => {
    const file = await probeAudio(makeSong(path, 4, as));
    const peaks = await waveform(file, { points: 100, ffmpeg, log: log.log });
    expect(peaks).toHaveLength(100);
    expect(Math.min(...(peaks ?? []))).toBeGreaterThan(0.2);
    expect(await waveform(file, { points: 100, ffmpeg: undefined, log: log.log })).toBeUndefined();
    expect(log.lines).toEqual([]);
  });

  it('of a file that broke meanwhile is none, and the log says so', async () => {
    writeFileSync(path, await recordTone(new WavOutputFormat(), 'pcm-s16'));
    const file = await probeAudio(path);
    writeFileSync(path, 'no song any more');
    expect(await waveform(file, { points: 10, ffmpeg, log: log.log })).toBeUndefined();
    if (hasFfmpeg)
      expect(
        await waveform({ ...file, extension: 'mp3' }, { points: 10, ffmpeg, log: log.log }),
      ).toBeUndefined();
    expect(log.lines[0]).toMatchObject({ msg: 'a waveform could not be had' });
  });

  it('for Discord is a byte a point, the loudest 255', () => {
    expect([...Buffer.from(waveformBytes([0, 0.25, 0.5]), 'base64')]).toEqual([0, 128, 255]);
    expect([...Buffer.from(waveformBytes([0, 0]), 'base64')]).toEqual([0, 0]);
  });
});

describe('the meter', () => {
  it('has all points between silence and full scale, and the loudest of all among them', () => {
    const samples = fc.array(fc.double({ min: -1.5, max: 1.5, noNaN: true }), { maxLength: 300 });
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 50 }), fc.nat(400), samples, (points, expected, values) => {
        const meter = new PeakMeter(points, expected);
        for (const value of values) meter.add(value);
        expect(meter.peaks).toHaveLength(points);
        expect(meter.peaks.every((peak) => peak >= 0 && peak <= 1)).toBe(true);
        const loudest = Math.max(0, ...values.map((value) => Math.min(Math.abs(value), 1)));
        expect(Math.max(...meter.peaks)).toBe(loudest);
      }),
    );
  });

  it('reads bytes in pieces of any length as if they were one', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 200 }), fc.array(fc.nat(9)), (bytes, lengths) => {
        const [whole, pieces] = [new PeakMeter(7, bytes.length / 2), new PeakMeter(7, bytes.length / 2)];
        whole.addBytes(Buffer.from(bytes));
        let at = 0;
        for (const length of [...lengths, bytes.length]) {
          pieces.addBytes(Buffer.from(bytes.subarray(at, at + length)));
          at += length;
        }
        expect(pieces.peaks).toEqual(whole.peaks);
      }),
    );
  });
});

describe.skipIf(!hasFfmpeg)('a voice message', () => {
  it('is the faded beginning, as Discord wants it', async () => {
    const file = await probeAudio(makeSong(path, 8, ['-c:a', 'aac', '-f', 'ipod']));
    const voice = await makeVoiceMessage(file, { ffmpeg, log: log.log, longestSeconds: 5 });
    expect(voice).toMatchObject({ path: `${path}.voice`, fileName: 'voice-message.ogg' });
    expect(voice?.seconds).toBeCloseTo(5, 1);
    expect(ffprobe(`${path}.voice`).streams).toMatchObject([
      { codec_name: 'opus', channels: 1, sample_rate: '48000' },
    ]);
    const points = [...Buffer.from(voice?.waveform ?? '', 'base64')];
    expect(points).toHaveLength(50);
    expect(Math.max(...points)).toBe(255);
    expect(points.at(-1)).toBeLessThan(60);
  });

  it('has 256 points at most', async () => {
    const file = await probeAudio(makeSong(path, 40, ['-c:a', 'libmp3lame', '-f', 'mp3']));
    const voice = await makeVoiceMessage(file, { ffmpeg, log: log.log });
    expect(voice?.seconds).toBeCloseTo(40, 0);
    expect(Buffer.from(voice?.waveform ?? '', 'base64')).toHaveLength(256);
  });

  it('of a broken file is none', async () => {
    const file = await probeAudio(makeSong(path, 3, ['-c:a', 'aac', '-f', 'ipod']));
    writeFileSync(path, 'no song any more');
    expect(await makeVoiceMessage(file, { ffmpeg, log: log.log })).toBeUndefined();
    expect(existsSync(`${path}.voice`)).toBe(false);
    expect(log.lines).toMatchObject([{ msg: 'a song goes out without a voice message' }]);
  });

  it('is not made where ffmpeg is missing', async () => {
    const file = await probeAudio(makeSong(path, 3, ['-c:a', 'aac', '-f', 'ipod']));
    expect(await makeVoiceMessage(file, { ffmpeg: undefined, log: log.log })).toBeUndefined();
    expect(log.lines).toEqual([]);
  });
});
