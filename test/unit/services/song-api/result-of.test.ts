import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { resultSchema, yields } from '../../../../src/domain/result.ts';
import { resultOf } from '../../../../src/services/song-api/result-of.ts';

const url = 'https://media.example/1.bin';
const lone = (data: unknown, resultUrl: string | null = null) => ({ data, resultUrl });

describe('what a finished task has brought', () => {
  it.each([
    ['a clip for each', { clips: [{ audio_url: url, title: 'Rain (Backing Vocals)' }, { audio_url: url }] }],
    ['addresses by name', { backing_vocals: url, 'Stem 2': { audio_url: url }, image_url: url }],
    ['the old schema', { stems: { backingVocalsUrl: url, 'stem 2': url } }],
  ])('is stems: %s', (_, data) => {
    expect(resultOf(lone(data), 'stems')).toMatchObject({
      is: 'stems',
      stems: [
        { name: expect.stringMatching(/^Backing vocals$/i), url },
        { name: 'Stem 2', url },
      ],
    });
  });

  it.each([
    [{ audio_id: 'a' }, 'a', null],
    [{ id: 'b', url }, 'b', url],
    [{ clips: [{ clip_id: 'c', audio_url: url, duration: '12.5' }] }, 'c', url],
  ])('is the handle of a file: %j', (data, clipId, audioUrl) => {
    expect(resultOf(lone(data), 'handle')).toMatchObject({ is: 'handle', clipId, audioUrl });
  });

  it('is the handle of a voice that came without its audio, and nothing where a clip did', () => {
    const voice = { vox_audio_id: 'v', status: 'complete', source_clip_id: 'c', wave_response: null };
    expect(resultOf(lone(voice), 'clips')).toMatchObject({ is: 'handle', clipId: 'v', audioUrl: null });
    expect(resultOf(lone({ ...voice, audio_url: url }), 'clips')).toMatchObject({ is: 'clips' });
    expect(resultOf(lone({ clips: [{ clip_id: 'c', id: 'd' }] }), 'clips')).toBeNull();
  });

  it('is words, however the lyrics are wrapped', () => {
    const expected = { is: 'lyrics', title: 'Rain', lyrics: 'drip' };
    expect(resultOf(lone({ title: 'Rain', lyrics: 'drip' }), 'lyrics')).toEqual(expected);
    expect(resultOf(lone({ title: 'Rain', text: 'drip', status: 'complete' }), 'lyrics')).toEqual(expected);
    expect(resultOf(lone({ clips: [{ title: 'Rain', lyrics: 'drip' }] }), 'lyrics')).toEqual(expected);
    expect(resultOf(lone('drip'), 'lyrics')).toEqual({ ...expected, title: null });
  });

  it.each([
    ['audio', { clips: [{ audio_url: 'https://media.example/1.m4a', wav_url: url }] }],
    ['audio', { url, format: 'wav' }],
    ['video', { clips: [{ video_url: url, audio_url: 'https://media.example/1.m4a' }] }],
    ['midi', { midi_url: url, instruments: [] }],
  ] as const)('is a file of %s: %j', (of, data) => {
    expect(resultOf(lone(data), of)).toEqual({ is: 'file', of, url });
    expect(resultOf(lone({}, url), of)).toEqual({ is: 'file', of, url });
    expect(resultOf(lone({ url: 'javascript:1' }), of)).toBeNull();
  });

  it('is when each word is sung, or each line', () => {
    const words = [
      { word: 'Rain ', start_s: 0, end_s: 0.5, success: true },
      { word: 'falls\n', start_s: 0.5, end_s: 1 },
      { word: 'lost', success: false },
    ];
    expect(resultOf(lone({ alignment: words }), 'timing')).toEqual({
      is: 'timing',
      words: [
        { text: 'Rain ', start: 0, end: 0.5 },
        { text: 'falls\n', start: 0.5, end: 1 },
      ],
    });
    const lines = {
      alignedLyrics: [
        { time: 1, text: 'one' },
        { time: 3, text: 'two' },
      ],
    };
    expect(resultOf(lone(lines), 'timing')).toMatchObject({
      words: [
        { text: 'one\n', start: 1, end: 3 },
        { text: 'two\n', start: 3, end: 7 },
      ],
    });
  });

  it('is a tempo, and style words', () => {
    expect(resultOf(lone({ avg_bpm: 120.5, min_bpm: '118', max_bpm: -1 }), 'bpm')).toEqual({
      is: 'bpm',
      average: 120.5,
      min: 118,
      max: null,
    });
    expect(resultOf(lone({ upsampled_tags: 'warm jazz' }), 'tags')).toEqual({
      is: 'tags',
      tags: 'warm jazz',
    });
  });

  it('is null, or keeps to its type, whatever the song API says', () => {
    const key = fc.constantFrom(
      'clips',
      'url',
      'audio_url',
      'id',
      'title',
      'lyrics',
      'alignment',
      'word',
      'start_s',
      'bpm',
      'stems',
      'tags',
    );
    const leaf = fc.oneof(
      fc.constantFrom<unknown>(url, 'x', null, true, -1, 0, 1e9),
      fc.string(),
      fc.double(),
    );
    const { json } = fc.letrec((tie) => ({
      json: fc.oneof(
        { depthSize: 'small' },
        leaf,
        fc.array(tie('json'), { maxLength: 4 }),
        fc.dictionary(key, tie('json'), { maxKeys: 6, noNullPrototype: true }),
      ),
    }));
    fc.assert(
      fc.property(json, fc.constantFrom(...yields), fc.constantFrom(null, url), (data, kind, resultUrl) => {
        const result = resultOf({ data, resultUrl }, kind);
        if (result !== null) expect(resultSchema.safeParse(result).error).toBeUndefined();
      }),
      { numRuns: 2_000 },
    );
  });
});
