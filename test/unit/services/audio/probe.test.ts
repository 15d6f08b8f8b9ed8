import * as fc from 'fast-check';
import { Mp4OutputFormat, WavOutputFormat } from 'mediabunny';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { NotAudio, probeAudio, probePicture } from '../../../../src/services/audio/probe.ts';
import { recordTone } from '../../../support/record-tone.ts';
import { tempDir } from '../../../support/temp-dir.ts';

let m4a: Uint8Array;
let m4aIndexLast: Uint8Array;
let wav: Uint8Array;
let path: string;

beforeAll(async () => {
  m4a = await recordTone(new Mp4OutputFormat({ fastStart: 'in-memory' }), 'aac');
  m4aIndexLast = await recordTone(new Mp4OutputFormat({ fastStart: false }), 'aac');
  wav = await recordTone(new WavOutputFormat(), 'pcm-s16');
});
beforeEach(() => {
  path = join(tempDir(), 'take-1');
});

function probe(bytes: Uint8Array | string) {
  writeFileSync(path, bytes);
  return probeAudio(path);
}

describe('a song', () => {
  it('in MP4 is known by its bytes, whatever it is called', async () => {
    const found = await probe(m4a);
    expect(found).toMatchObject({ path, bytes: m4a.length, extension: 'm4a', mime: 'audio/mp4' });
    expect(found.seconds).toBeCloseTo(2, 0);
  });

  it('may have its index at the end', async () => {
    expect((await probe(m4aIndexLast)).extension).toBe('m4a');
  });

  it('in WAVE is known, too', async () => {
    const found = await probe(wav);
    expect(found).toMatchObject({ bytes: wav.length, extension: 'wav', mime: 'audio/wav' });
    expect(found.seconds).toBeCloseTo(2, 1);
  });
});

describe('no song', () => {
  it.each([0.02, 0.3, 0.5, 0.9, 0.99])('is a file that breaks off after a share of %d', async (share) => {
    const cut = (file: Uint8Array): Uint8Array => file.subarray(0, Math.floor(file.length * share));
    await expect(probe(cut(m4a))).rejects.toThrow(NotAudio);
    await expect(probe(cut(m4aIndexLast))).rejects.toThrow(NotAudio);
  });

  it('is half a WAVE file', async () => {
    await expect(probe(wav.subarray(0, wav.length / 2))).rejects.toThrow(NotAudio);
  });

  it.each([
    ['an empty file', ''],
    ['a web page', `<!doctype html><html><body>${'Not found. '.repeat(200)}</body></html>`],
    ['an error as JSON', '{"error":{"message":"gone"}}'],
    ['zeros', new Uint8Array(50_000)],
    [
      'a picture',
      Buffer.from('iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9', 'base64'),
    ],
    [
      'a head without a body',
      Buffer.from('000000206674797069736f6d0000020069736f6d69736f32617663316d703431', 'hex'),
    ],
    ['a RIFF head alone', 'RIFF\u0024\u0000\u0000\u0000WAVE'],
    ['an ID3 tag alone', `ID3\u0003\u0000\u0000\u0000\u0000\u0000\u0000`],
  ])('is %s', async (_, bytes) => {
    await expect(probe(bytes)).rejects.toThrow(NotAudio);
  });

  it('is random noise, with or without the head of a real file, and nothing but NotAudio says so', async () => {
    const noise = fc.uint8Array({ maxLength: 3000 });
    const heads = fc.constantFrom(0, 16, 64, 200);
    await fc.assert(
      fc.asyncProperty(noise, heads, fc.boolean(), async (bytes, head, asWav) => {
        const real = (asWav ? wav : m4a).subarray(0, head);
        const outcome = await probe(Buffer.concat([real, bytes])).catch((error: unknown) => error);
        // A WAVE head makes any noise a song; of the rest nothing may pass, and nothing else may be thrown.
        const song = asWav && head >= 64 && !(outcome instanceof Error);
        expect(song || outcome instanceof NotAudio).toBe(true);
      }),
      { numRuns: 15 },
    );
  });

  it('is a file with any byte broken, or it is still the same song', async () => {
    await fc.assert(
      fc.asyncProperty(fc.nat(), fc.nat(255), async (at, value) => {
        const broken = m4a.slice();
        broken[at % 2000] = value;
        const outcome = await probe(broken).catch((error: unknown) => error);
        expect(outcome instanceof Error ? outcome.name : 'song').toMatch(/^(NotAudio|song)$/);
      }),
      { numRuns: 15 },
    );
  });
});

describe('a picture', () => {
  const pictures: [string, string, string | undefined][] = [
    [
      'png',
      '89504e470d0a1a0a0000000d49484452000000010000000108060000001f15c4890000000049454e44ae426082',
      'png',
    ],
    ['jpeg', 'ffd8ffe000104a46494600010100000100010000ffd9', 'jpg'],
    ['gif', '47494638396101000100800000000000ffffff21f90401000000002c00000000010001000002024401003b', 'gif'],
    ['svg', Buffer.from('<svg xmlns="http://www.w3.org/2000/svg"/>').toString('hex'), undefined],
    ['web page', Buffer.from('<!doctype html>').toString('hex'), undefined],
    ['nothing', '', undefined],
  ];

  it.each(pictures)('is told by its bytes: %s', async (_, hex, extension) => {
    writeFileSync(path, Buffer.from(hex, 'hex'));
    await expect(probePicture(path)).resolves.toBe(extension);
  });
});
