import * as fc from 'fast-check';
import { Mp4OutputFormat, WavOutputFormat } from 'mediabunny';
import { parseFile } from 'music-metadata';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { probeAudio } from '../../../../src/services/audio/probe.ts';
import { readAudio } from '../../../../src/services/audio/read-audio.ts';
import { hashPrompt, tagAudio, type SongTags } from '../../../../src/services/audio/tag-audio.ts';
import { writeTags } from '../../../../src/services/audio/write-tags.ts';
import { ffprobe, hasFfmpeg, makePicture, makeSong, soundOf, tagsOf } from '../../../support/ffmpeg.ts';
import { listeningLog } from '../../../support/quiet.ts';
import { recordTone } from '../../../support/record-tone.ts';
import { tempDir } from '../../../support/temp-dir.ts';

const dot = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9AwAAAABJRU5ErkJggg==',
  'base64',
);

let m4a: Uint8Array;
let wav: Uint8Array;
beforeAll(async () => {
  m4a = await recordTone(new Mp4OutputFormat({ fastStart: false }), 'aac');
  wav = await recordTone(new WavOutputFormat(), 'pcm-s16');
});

let folder: string;
let coverPath: string;
let tags: SongTags;
let log: ReturnType<typeof listeningLog>;
beforeEach(() => {
  folder = tempDir();
  coverPath = join(folder, 'cover');
  writeFileSync(coverPath, dot);
  log = listeningLog();
  tags = {
    title: 'Grün – 雨の歌 🎵',
    model: 'chirp-v5',
    jobId: 'j_0123456789',
    promptHash: hashPrompt('rain over the sea'),
    comment: 'Made by AI on request.',
    coverPath,
  };
});

function keep(bytes: Uint8Array): string {
  const path = join(folder, 'take-1');
  writeFileSync(path, bytes);
  return path;
}

async function tagged(path: string) {
  return tagAudio(await probeAudio(path), tags, log.log);
}

describe('a tagged song', () => {
  it.each(['m4a', 'wav'])('in %s says what it is', async (kind) => {
    const file = await tagged(keep(kind === 'm4a' ? m4a : wav));
    expect(log.lines).toEqual([]);
    expect(file).toEqual(await probeAudio(file.path));
    const { common } = await parseFile(file.path);
    expect(common).toMatchObject({ title: tags.title, artist: 'AI-generated' });
    expect(common.comment?.[0]?.text).toBe(
      `Made by AI on request. | model=chirp-v5 | job=j_0123456789 | prompt_sha256=${tags.promptHash}`,
    );
    expect(Buffer.from(common.picture?.[0]?.data ?? [])).toEqual(dot);
    expect(common.picture?.[0]?.format).toBe('image/png');
  });

  it('has its index in front in MP4, so that players can begin at once', async () => {
    const before = Buffer.from(m4a);
    expect(before.indexOf('moov')).toBeGreaterThan(before.indexOf('mdat'));
    const after = readFileSync((await tagged(keep(m4a))).path);
    expect(after.indexOf('moov')).toBeGreaterThan(0);
    expect(after.indexOf('moov')).toBeLessThan(after.indexOf('mdat'));
  });

  it('leaves the given file as it was', async () => {
    const path = keep(m4a);
    expect((await tagged(path)).path).not.toBe(path);
    expect(readFileSync(path)).toEqual(Buffer.from(m4a));
  });

  it.each([
    ['what is no picture', Buffer.from('<svg xmlns="http://www.w3.org/2000/svg"/>')],
    ['a picture that is too large', Buffer.concat([dot, Buffer.alloc(2 * 1024 * 1024)])],
    ['nothing at all', undefined],
  ])('does without a cover when given %s', async (_, bytes) => {
    if (bytes === undefined) tags = { ...tags, coverPath: join(folder, 'not there') };
    else writeFileSync(coverPath, bytes);
    const { common } = await parseFile((await tagged(keep(m4a))).path);
    expect(common.title).toBe(tags.title);
    expect(common.picture).toBeUndefined();
  });

  it('takes any words for a title, and no more of them than fit', async () => {
    tags = {
      ...tags,
      title: `a\u0000b\nc\ud800 ${'🎵'.repeat(300)}`,
      model: undefined,
      promptHash: undefined,
    };
    const { common } = await parseFile((await tagged(keep(wav))).path);
    expect(common.title?.startsWith('a b c\ufffd 🎵🎵')).toBe(true);
    expect(common.title?.length).toBeLessThanOrEqual(200);
    expect(common.comment?.[0]?.text).toBe('Made by AI on request. | job=j_0123456789');
  });
});

describe('the given file is what goes out', () => {
  it('when it is too strange to be written anew', async () => {
    const whole = await probeAudio(keep(m4a));
    writeFileSync(whole.path, m4a.subarray(0, m4a.length / 2));
    expect(await tagAudio(whole, tags, log.log)).toBe(whole);
    expect(existsSync(`${whole.path}.tagged`)).toBe(false);
    expect(log.lines).toMatchObject([{ msg: 'a song goes out without tags', jobId: tags.jobId }]);
  });

  it('when there is no place for another', async () => {
    const whole = await probeAudio(keep(m4a));
    mkdirSync(`${whole.path}.tagged`);
    expect(await tagAudio(whole, tags, log.log)).toBe(whole);
  });

  it('when its container has no tags', async () => {
    const whole = { ...(await probeAudio(keep(m4a))), extension: 'aac' };
    expect(await tagAudio(whole, tags, log.log)).toBe(whole);
  });

  it('when any byte of its index is broken, or the tagged one can be read', async () => {
    const from = keep(m4a);
    const index = Buffer.from(m4a).indexOf('moov');
    await fc.assert(
      fc.asyncProperty(fc.nat(m4a.length - index - 1), fc.nat(255), async (at, value) => {
        const broken = m4a.slice();
        broken[index + at] = value;
        writeFileSync(from, broken);
        const to = join(folder, 'written');
        const file = await writeTags(from, to, 'm4a', tags).catch(() => undefined);
        if (file !== undefined) expect(await readAudio(to)).toEqual(file);
      }),
      { numRuns: 40 },
    );
  });
});

describe('the hash of a prompt', () => {
  it('is the head of its SHA-256', () => {
    expect(hashPrompt('abc')).toBe('ba7816bf8f01cfea');
  });
});

describe.skipIf(!hasFfmpeg)('read by ffmpeg', () => {
  it.each<[kind: string, as: string[]]>([
    ['m4a, index at the end', ['-c:a', 'aac', '-f', 'ipod']],
    ['m4a in fragments', ['-c:a', 'aac', '-f', 'mp4', '-movflags', 'frag_keyframe+empty_moov']],
    ['mp3 with tags already', ['-c:a', 'libmp3lame', '-f', 'mp3']],
    [
      'mp3 of changing bit rate without tags',
      ['-c:a', 'libmp3lame', '-q:a', '4', '-id3v2_version', '0', '-f', 'mp3'],
    ],
    ['wav', ['-f', 'wav']],
    ['wav of 24 bits', ['-c:a', 'pcm_s24le', '-f', 'wav']],
    ['wav of floats', ['-c:a', 'pcm_f32le', '-f', 'wav']],
    ['opus', ['-c:a', 'libopus', '-f', 'ogg']],
    ['flac', ['-c:a', 'flac', '-f', 'flac']],
  ])('%s has all tags, the cover, and the same sound', async (_, as) => {
    makePicture(join(folder, 'cover.jpg'));
    tags = { ...tags, coverPath: join(folder, 'cover.jpg') };
    const path = makeSong(join(folder, 'take-1'), 3, as);
    const file = await tagged(path);
    expect(log.lines).toEqual([]);
    expect(soundOf(file.path)).toEqual(soundOf(path));
    expect(readFileSync(file.path).includes('Before')).toBe(false);
    const read = tagsOf(file.path);
    expect(read).toMatchObject({ title: tags.title, artist: 'AI-generated' });
    for (const word of ['Made by AI', 'chirp-v5', tags.jobId, tags.promptHash])
      expect(read['comment']).toContain(word);
    if (file.extension === 'm4a') expect(read['encoder']).toBe('chirp-v5');
    else expect(read).toMatchObject({ model: 'chirp-v5', job: tags.jobId, prompt_sha256: tags.promptHash });
    const picture = ffprobe(file.path).streams.find((stream) => stream.disposition.attached_pic === 1);
    expect(picture).toMatchObject({ codec_name: 'mjpeg', width: 320 });
  });

  it('Vorbis goes out as it was: its tags would make it unreadable', async () => {
    const path = makeSong(join(folder, 'take-1'), 3, ['-c:a', 'libvorbis', '-f', 'ogg']);
    expect((await tagged(path)).path).toBe(path);
  });
});
