import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readBatch, readTaskId } from '../../../../src/services/song-api/wire.ts';
import { withClips } from '../../../support/songs.ts';

describe("a submit's answer", () => {
  it.each([
    ['task_1', 'task_1'],
    [{ task_id: 'task_1' }, 'task_1'],
    [{ id: 'task_1' }, 'task_1'],
    ['', undefined],
    [null, undefined],
    [undefined, undefined],
    [5, undefined],
    [{ id: 5 }, undefined],
    [['task_1'], undefined],
    ['x'.repeat(192), undefined],
  ])('%j holds the id %j', (data, taskId) => {
    expect(readTaskId(data)).toBe(taskId);
  });

  it('keeps the case of an id', () => {
    expect(readTaskId('task_aB')).toBe('task_aB');
  });
});

describe('any JSON at all', () => {
  const words = ['SUCCESS', 'FAILURE', 'task_1', 'https://media.example/1.m4a', '20%', null, true];
  const leaf = fc.oneof(fc.constantFrom<unknown>(...words), fc.string(), fc.double());
  const clipKeys = fc.constantFrom('clips', 'audio_url', 'metadata', 'duration', 'title', 'seed', 'lyrics');
  const { json } = fc.letrec((tie) => ({
    json: fc.oneof(
      { depthSize: 'small' },
      leaf,
      fc.array(tie('json'), { maxLength: 4 }),
      fc.dictionary(clipKeys, tie('json'), { maxKeys: 6, noNullPrototype: true }),
    ),
  }));
  const record = fc.record({
    task_id: fc.oneof(fc.constantFrom('task_1', 'task_2'), json),
    status: fc.oneof(fc.constantFrom('SUCCESS', 'FAILURE', 'IN_PROGRESS'), json),
    progress: json,
    data: json,
    result_url: json,
    fail_reason: json,
    updated_at: json,
    quota: json,
  });

  it('is read without a throw, to records that name a task and clips that have an address', () => {
    fc.assert(
      fc.property(fc.oneof(fc.array(fc.oneof(record, json)), json), (data) => {
        readTaskId(data);
        for (const [taskId, record] of readBatch(data).records) {
          const snapshot = withClips(record);
          expect(snapshot.taskId).toBe(taskId);
          expect(snapshot.clips.every((clip) => /^https?:/.test(clip.audioUrl))).toBe(true);
          expect(snapshot.percent === null || Number.isInteger(snapshot.percent)).toBe(true);
          expect(Number.isFinite(snapshot.updatedAt)).toBe(true);
        }
      }),
    );
  });
});
