import { Mp4OutputFormat, AdtsOutputFormat } from 'mediabunny';
import { existsSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, beforeEach, describe, expect, it } from 'vitest';
import {
  audioFormats,
  convertAudio,
  formatsFor,
  type AudioFormat,
  type CannotConvert,
} from '../../../../src/services/audio/convert-audio.ts';
import { Ffmpeg } from '../../../../src/services/audio/ffmpeg.ts';
import { probeAudio } from '../../../../src/services/audio/probe.ts';
import type { SongTags } from '../../../../src/services/audio/tag-audio.ts';
import { ffprobe, hasFfmpeg, makeSong, tagsOf } from '../../../support/ffmpeg.ts';
import { listeningLog } from '../../../support/quiet.ts';
import { recordTone } from '../../../support/record-tone.ts';
import { tempDir } from '../../../support/temp-dir.ts';

const mb = 1024 * 1024;
const tags: SongTags = { title: '雨', model: 'chirp-v5', jobId: 'j_1', comment: 'Made by AI.' };

let ffmpeg: Ffmpeg | undefined;
beforeAll(async () => {
  ffmpeg = await Ffmpeg.find({ searchPath: process.env['PATH'] });
});

let folder: string;
let log: ReturnType<typeof listeningLog>;
beforeEach(() => {
  folder = tempDir();
  log = listeningLog();
});

async function convert(
  path: string,
  to: AudioFormat,
  with_: { ffmpeg?: Ffmpeg | undefined; maxBytes?: number } = {},
) {
  const file = await probeAudio(path);
  return convertAudio(file, { to, ffmpeg: undefined, maxBytes: 10 * mb, tags, log: log.log, ...with_ });
}
const refusal = (promise: Promise<unknown>): Promise<string> =>
  promise.then(
    () => 'converted',
    (error: CannotConvert) => error.why,
  );

describe('without ffmpeg', () => {
  it('a file is what it is, and AAC gets a container', () => {
    expect([...formatsFor('m4a', undefined)]).toEqual(['m4a']);
    expect([...formatsFor('aac', undefined)]).toEqual(['m4a']);
    expect([...formatsFor('flac', undefined)]).toEqual([]);
  });

  it('nothing else can be made, and nothing be made smaller', async () => {
    const path = join(folder, 'take');
    writeFileSync(path, await recordTone(new Mp4OutputFormat({ fastStart: 'in-memory' }), 'aac'));
    expect(await convert(path, 'm4a')).toEqual(await probeAudio(path));
    expect(await refusal(convert(path, 'mp3'))).toBe('unable');
    expect(await refusal(convert(path, 'm4a', { maxBytes: 1000 }))).toBe('too-large');
  });

  it('AAC in a container carries the tags', async () => {
    const path = join(folder, 'take');
    writeFileSync(path, await recordTone(new AdtsOutputFormat(), 'aac'));
    const made = await convert(path, 'm4a');
    expect(made).toMatchObject({ extension: 'm4a', path: `${path}.m4a` });
    expect(made).toEqual(await probeAudio(made.path));
    expect(await refusal(convert(path, 'm4a', { maxBytes: 1000 }))).toBe('too-large');
    expect(readdirSync(folder)).toEqual(['take']);
  });
});

describe.skipIf(!hasFfmpeg)('with ffmpeg', () => {
  it('everything can be made of everything', () => {
    for (const extension of ['m4a', 'mp3', 'wav', 'ogg', 'flac', 'aac'])
      expect([...formatsFor(extension, ffmpeg)]).toEqual([...audioFormats]);
  });

  it.each<[from: string, as: string[], to: AudioFormat, codec: string]>([
    ['m4a', ['-c:a', 'aac', '-f', 'ipod'], 'mp3', 'mp3'],
    ['mp3', ['-c:a', 'libmp3lame', '-f', 'mp3'], 'ogg', 'opus'],
    ['wav of 24 bits and six channels', ['-c:a', 'pcm_s24le', '-ac', '6', '-f', 'wav'], 'mp3', 'mp3'],
    ['opus', ['-c:a', 'libopus', '-f', 'ogg'], 'wav', 'pcm_s16le'],
    ['vorbis', ['-c:a', 'libvorbis', '-f', 'ogg'], 'm4a', 'aac'],
    ['flac', ['-c:a', 'flac', '-f', 'flac'], 'mp3', 'mp3'],
    ['bare AAC', ['-c:a', 'aac', '-f', 'adts'], 'mp3', 'mp3'],
    [
      'mp3 without a table',
      ['-c:a', 'libmp3lame', '-q:a', '5', '-write_xing', '0', '-f', 'mp3'],
      'm4a',
      'aac',
    ],
  ])('%s becomes what was asked for, as long and with its tags', async (_, as, to, codec) => {
    const path = makeSong(join(folder, 'take'), 5, as);
    const made = await convert(path, to, { ffmpeg });
    expect(log.lines).toEqual([]);
    expect(made).toEqual(await probeAudio(made.path));
    expect(made.extension).toBe(to);
    expect(ffprobe(made.path).streams[0]?.codec_name).toBe(codec);
    expect(Math.abs(Number(ffprobe(made.path).format.duration) - 5)).toBeLessThan(0.3);
    expect(tagsOf(made.path)).toMatchObject({ title: '雨', artist: 'AI-generated' });
    expect(tagsOf(made.path)['comment']).toContain('job=j_1');
    // The source, the result, and nothing between them.
    expect(readdirSync(folder)).toHaveLength(2);
  });

  it('a song is made as small as it must be, and not smaller than it may sound', async () => {
    const path = makeSong(join(folder, 'take'), 30, ['-c:a', 'libmp3lame', '-b:a', '256k', '-f', 'mp3']);
    const small = await convert(path, 'mp3', { ffmpeg, maxBytes: 600_000 });
    expect(small.bytes).toBeLessThanOrEqual(600_000);
    expect(small.bytes).toBeGreaterThan(300_000);
    expect(small.seconds).toBeCloseTo(30, 0);
    expect(await refusal(convert(path, 'mp3', { ffmpeg, maxBytes: 350_000 }))).toBe('too-large');
    expect(await refusal(convert(path, 'wav', { ffmpeg, maxBytes: 600_000 }))).toBe('too-large');
    expect(existsSync(`${path}.wav`)).toBe(false);
  });

  it('a file that broke meanwhile fails, and leaves nothing', async () => {
    const file = await probeAudio(makeSong(join(folder, 'take'), 5, ['-c:a', 'aac', '-f', 'ipod']));
    writeFileSync(file.path, 'no song any more');
    const options = { to: 'mp3', ffmpeg, maxBytes: mb, tags, log: log.log } as const;
    expect(await refusal(convertAudio(file, options))).toBe('failed');
    expect(readdirSync(folder)).toEqual(['take']);
  });

  it('a list of other files is not followed', async () => {
    const secret = makeSong(join(folder, 'secret.wav'), 5, ['-f', 'wav']);
    const lists = {
      m4a: `ffconcat version 1.0\nfile 'file:${secret}'\n`,
      mp3: `#EXTM3U\n#EXT-X-TARGETDURATION:5\n#EXTINF:5,\nfile:${secret}\n#EXT-X-ENDLIST\n`,
      wav: `[playlist]\nFile1=${secret}\n`,
    };
    for (const [extension, text] of Object.entries(lists)) {
      const path = join(folder, 'list');
      writeFileSync(path, text);
      const file = { path, bytes: text.length, extension, mime: '', seconds: 5 };
      const options = { to: 'ogg', ffmpeg, maxBytes: mb, tags, log: log.log } as const;
      expect(await refusal(convertAudio(file, options))).toBe('failed');
    }
  });
});
