import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { readBatch, readRecord as readRaw } from '../../../../src/services/song-api/wire.ts';
import { withClips } from '../../../support/songs.ts';

const file = new URL('../../../support/batch-example.json', import.meta.url);
const example = JSON.parse(readFileSync(file, 'utf8')) as { data: Record<string, unknown>[] };
const exampleId = 'task_BE5vsWPK0pWHyONbGVEXqsPqD6IkcBY6';
const audio = 'https://media.example/1.m4a';

const record = (more: Record<string, unknown> = {}): Record<string, unknown> => ({
  task_id: 'task_1',
  status: 'IN_PROGRESS',
  ...more,
});
const readRecord = (record: unknown) => {
  const read = readRaw(record);
  return read === undefined ? undefined : withClips(read);
};
const finished = (data: unknown, more: Record<string, unknown> = {}) =>
  readRecord(record({ status: 'SUCCESS', data, ...more }));
const clipOf = (clip: Record<string, unknown>) =>
  finished({ clips: [{ audio_url: audio, ...clip }] })?.clips[0];

describe("the documentation's own example", () => {
  const expected = {
    taskId: exampleId,
    phase: 'succeeded',
    percent: 100,
    failReason: null,
    updatedAt: 1_773_385_875_000,
    charge: 30_000,
    clips: [
      {
        clipId: 'b7555447-c981-4132-8a1e-2fe21bc70d36',
        title: 'Weekend Morning',
        style: 'A warm acoustic pop song about a calm weekend morning, gentle rhythm, clean vocal.',
        lyrics: 'sunlight on the window, coffee on the table...',
        audioUrl:
          'https://storage.googleapis.com/producer-app-public/clips/b7555447-c981-4132-8a1e-2fe21bc70d36.m4a',
        imageUrl: 'https://storage.googleapis.com/producer-app-public/assets/example-cover.jpg',
        model: 'FUZZ-2.0',
        seed: null,
        seconds: null,
      },
    ],
  };

  it.each([
    ['as printed', example.data],
    ['the other way round', example.data.toReversed()],
  ])('is one finished task, %s', (_, data) => {
    const { records, unreadable } = readBatch(data);
    expect(unreadable).toBe(0);
    expect([...records].map(([id, record]) => [id, withClips(record)])).toEqual([[exampleId, expected]]);
  });

  it('knows the running half by itself', () => {
    expect(readRecord(example.data[0])).toEqual({
      ...expected,
      phase: 'running',
      percent: 20,
      clips: [],
      updatedAt: 1_773_385_828_000,
    });
  });

  it("never takes the upstream's inner task_id for the task's", () => {
    expect([...readBatch([example.data[0]]).records.keys()]).toEqual([exampleId]);
  });
});

describe('a repeated id', () => {
  const old = record({ updated_at: 10, progress: '30%' });
  const recent = record({ updated_at: 20, progress: '20%' });
  const end = record({ updated_at: 5, status: 'FAILURE' });
  const resolve = (...records: unknown[]) => readBatch(records).records.get('task_1');

  it('is resolved by state, then by updated_at', () => {
    expect(resolve(old, recent)?.percent).toBe(20);
    expect(resolve(recent, old)?.percent).toBe(20);
    expect(resolve(recent, end)?.phase).toBe('failed');
    expect(resolve(end, recent)?.phase).toBe('failed');
  });

  it('keeps the first of two that are equally new', () => {
    expect(resolve(record({ progress: '1%' }), record({ progress: '2%' }))?.percent).toBe(1);
  });
});

describe('a batch', () => {
  it.each([[null], [undefined], [[]], [{}], ['none'], [5]])('without records is empty: %j', (data) => {
    expect(readBatch(data)).toEqual({ records: new Map(), unreadable: 0 });
  });

  it.each([
    [null],
    ['task_1'],
    [[]],
    [{}],
    [{ taskId: 'task_1', status: 'SUCCESS' }],
    [{ task_id: '' }],
    [{ task_id: 5 }],
    [{ task_id: null }],
    [{ task_id: 'x'.repeat(192) }],
    [{ code: 0, message: '', data: { taskId: 'task_1', status: 'PENDING' } }],
  ])('loses only the record that nobody can read: %j', (bad) => {
    const batch = readBatch([bad, record()]);
    expect(batch.unreadable).toBe(1);
    expect([...batch.records.keys()]).toEqual(['task_1']);
  });

  it.each([
    ['an object with a toString of its own', '{"toString":1,"valueOf":1}'],
    ['nested deeply', `${'['.repeat(50_000)}${']'.repeat(50_000)}`],
  ])('survives a record whose time is %s', (_, time) => {
    const odd = record({ updated_at: JSON.parse(time) as unknown });
    expect(readBatch([odd, record({ task_id: 'task_2' })]).records.size).toBe(2);
  });
});

describe('a status', () => {
  it.each([
    ['NOT_START', 'waiting'],
    ['SUBMITTED', 'waiting'],
    ['QUEUED', 'waiting'],
    ['IN_PROGRESS', 'running'],
    ['SUCCESS', 'succeeded'],
    ['FAILURE', 'failed'],
    ['success', 'succeeded'],
    [' Succeeded ', 'succeeded'],
    ['COMPLETED', 'succeeded'],
    ['failed', 'failed'],
    ['UNKNOWN', 'running'],
    ['SOMETHING_NEW', 'running'],
    ['', 'running'],
    [null, 'running'],
    [3, 'running'],
  ])('%j means %s', (status, phase) => {
    expect(readRecord(record({ status }))?.phase).toBe(phase);
  });

  it('decides alone: 100 % and clips in the data end nothing', () => {
    const early = readRecord(record({ progress: '100%', data: { clips: [{ audio_url: audio }] } }));
    expect(early).toMatchObject({ phase: 'running', percent: 100, clips: [] });
  });
});

describe('numbers', () => {
  it.each([
    ['20%', 20],
    ['20', 20],
    [20, 20],
    ['12.9%', 12],
    ['150%', 100],
    ['-3%', 0],
    ['', null],
    ['soon', null],
    [null, null],
    [{}, null],
  ])('of progress: %j is %j', (progress, percent) => {
    expect(readRecord(record({ progress }))?.percent).toBe(percent);
  });

  it.each([
    [185.016, 185.016],
    ['199.13433106575962', 199.134_331_065_759_62],
    [null, null],
    ['', null],
    ['3:20', null],
    [0, null],
    [-5, null],
    [3601, null],
    [true, null],
    [[7], null],
  ])('of duration: %j is %j', (duration, seconds) => {
    expect(clipOf({ duration })?.seconds ?? null).toBe(seconds);
  });

  it.each([
    [1_773_385_820, 1_773_385_820_000],
    [1_773_385_820_123, 1_773_385_820_123],
    ['1773385820', 1_773_385_820_000],
    [0, 0],
    [-1, 0],
    ['yesterday', 0],
    [null, 0],
  ])('of updated_at: %j is %j', (time, ms) => {
    expect(readRecord(record({ updated_at: time }))?.updatedAt).toBe(ms);
  });

  it.each([
    [30_000, 30_000],
    ['30000', 30_000],
    [1.5, null],
    [-1, null],
    ['', null],
    [undefined, null],
  ])('of quota: %j is %j', (quota, charge) => {
    expect(readRecord(record({ quota }))?.charge).toBe(charge);
  });

  it('of a seed stay text, with every digit', () => {
    expect(clipOf({ seed: '18446744073709551615' })?.seed).toBe('18446744073709551615');
    expect(clipOf({ seed: 7 })?.seed).toBe('7');
  });
});

describe('a finished task', () => {
  it("holds Suno's clips, which are the data itself", () => {
    const metadata = { tags: 'pop', prompt: 'la la', duration: '61.5' };
    const clips = finished([
      { id: 'a', audio_url: audio, image_large_url: 'https://x.example/a.png', metadata },
      { id: 'b', audio_url: `${audio}?2`, model_name: 'chirp-v5' },
    ])?.clips;
    expect(clips).toMatchObject([
      { clipId: 'a', style: 'pop', lyrics: 'la la', seconds: 61.5, imageUrl: 'https://x.example/a.png' },
      { clipId: 'b', style: null, model: 'chirp-v5' },
    ]);
  });

  it.each([
    ['an object', { clips: [{ audio_url: audio }] }],
    ['an array', [{ audio_url: audio }]],
  ])('has its clips although %s comes as text', (_, data) => {
    expect(finished(JSON.stringify(data))?.clips).toMatchObject([{ audioUrl: audio }]);
    expect(finished('{"clips":[{')?.clips).toEqual([]);
  });

  it('has a clip in a lone result_url', () => {
    expect(finished(null, { result_url: audio })?.clips).toMatchObject([{ audioUrl: audio, title: null }]);
    expect(finished({ clips: [] }, { result_url: audio })?.clips).toHaveLength(1);
  });

  it('does not count its result_url twice', () => {
    expect(finished({ clips: [{ audio_url: audio }] }, { result_url: audio })?.clips).toHaveLength(1);
  });

  it.each([
    ['ftp://media.example/1.m4a'],
    ['javascript:alert(1)'],
    ['data:audio/mp4;base64,AAAA'],
    ['file:///etc/passwd'],
    ['/clips/1.m4a'],
    ['not an address'],
    [''],
    [null],
    [7],
    [`https://x.example/${'a'.repeat(5000)}`],
  ])('has no clip where the audio is at %j', (address) => {
    expect(finished({ clips: [{ audio_url: address }] }, { result_url: address })?.clips).toEqual([]);
  });

  it('keeps a clip whose picture has no decent address', () => {
    expect(clipOf({ image_url: 'javascript:alert(1)' })).toMatchObject({ audioUrl: audio, imageUrl: null });
  });

  it('loses only the clips that nobody can read', () => {
    const clips = [null, 'x', [], {}, { audio_url: audio, title: { a: 1 }, lyrics: 5 }];
    expect(finished({ clips })?.clips).toMatchObject([{ audioUrl: audio, title: null, lyrics: '5' }]);
  });

  it('has ten clips at most', () => {
    const clips = Array.from({ length: 50 }, () => ({ audio_url: audio }));
    expect(finished({ clips })?.clips).toHaveLength(10);
  });

  it('is cut between characters, never through one', () => {
    expect(clipOf({ title: `${'a'.repeat(299)}🎵` })?.title?.isWellFormed()).toBe(true);
  });
});

describe('a failed task', () => {
  it('has its reason as text, never as an address', () => {
    const reason = 'https://evil.example/ is not allowed';
    const failed = readRecord(record({ status: 'FAILURE', fail_reason: reason, result_url: reason }));
    expect(failed).toMatchObject({ phase: 'failed', failReason: reason, clips: [] });
  });

  it.each([
    ['', null],
    [null, null],
    [7, '7'],
    [{}, null],
  ])('may say %j', (reason, read) => {
    expect(readRecord(record({ status: 'FAILURE', fail_reason: reason }))?.failReason).toBe(read);
  });
});
