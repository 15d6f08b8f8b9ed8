import { describe, expect, it } from 'vitest';
import { Refusal } from '../../../../src/domain/errors.ts';
import type { JobState, JobStatus } from '../../../../src/domain/job.ts';
import { SongApiError, type SongApiErrorKind } from '../../../../src/services/song-api/song-api-error.ts';
import { job, jobId, snapshot, song } from '../../../support/songs.ts';
import { intervalMs, jobTimeoutMs, workshopRig, type Rig } from '../../../support/workshop-rig.ts';

const one = jobId(1);

const refusing =
  (kind: SongApiErrorKind, retryAfterMs?: number): (() => Promise<string>) =>
  () =>
    Promise.reject(new SongApiError(kind, kind, { retryAfterMs }));
/** The states that the job went through; news of its place in the queue is no new state. */
const statesOf = ({ changes }: Rig, id = one): JobState[] =>
  changes
    .filter((change) => change.id === id)
    .map(({ status }) => status.state)
    .filter((state, index, states) => state !== states[index - 1]);

describe('a request', () => {
  it('is written down, handed over and given its task', async () => {
    const rig = await workshopRig();
    await expect(rig.request(job(1))).resolves.toBe(true);
    await rig.reached(one, 'submitted');
    expect(statesOf(rig)).toEqual(['queued', 'submitting', 'submitted']);
    expect(rig.songApi.submitted).toEqual([job(1).inputs]);
    await expect(rig.stored(one)).resolves.toMatchObject({
      status: { state: 'submitted', taskId: 'task_1' },
      submittedAt: rig.clock.now(),
      nextPollAt: rig.clock.now() + intervalMs,
    });
  });

  it('is `submitting` in the table before anything is sent', async () => {
    const rig = await workshopRig();
    let seen: JobStatus | undefined;
    rig.songApi.onSubmit = async () => {
      seen = (await rig.stored(one)).status;
      return 'task_1';
    };
    await rig.request(job(1));
    await rig.reached(one, 'submitted');
    expect(seen).toEqual({ state: 'submitting' });
  });

  it('that another session has taken is left to it', async () => {
    const rig = await workshopRig();
    await rig.request(job(1));
    await expect(rig.request({ ...job(2), card: job(1).card })).resolves.toBe(false);
    await rig.reached(one, 'submitted');
    await rig.workshop.close();
    expect(rig.songApi.submitted).toHaveLength(1);
  });

  it('for an action that is no longer in the catalogue is never sent', async () => {
    const rig = await workshopRig({ catalogue: {} });
    await rig.request(job(1));
    const { status } = await rig.reached(one, 'failed');
    expect(status).toEqual({ state: 'failed', taskId: null, why: 'not-served' });
    expect(rig.songApi.submitted).toEqual([]);
  });
});

describe('a slot', () => {
  it('is waited for, and goes to the next when a song ends', async () => {
    const rig = await workshopRig({ slots: { perUser: 1, perGuild: 5, total: 5 } });
    await rig.request(job(1));
    await rig.reached(one, 'submitted');
    await rig.request(job(2));
    await rig.request(job(3, { userId: '9' }));
    await rig.reached(jobId(3), 'submitted');
    expect(statesOf(rig, jobId(2))).toEqual(['queued']);
    const done = snapshot({ phase: 'succeeded', result: song() });
    await rig.workshop.apply(one, { is: 'snapshot', snapshot: done });
    await rig.reached(jobId(2), 'submitted');
    expect(rig.songApi.submitted).toHaveLength(3);
  });

  it('is given in the order of the requests, whatever order the table lists them in', async () => {
    const rig = await workshopRig();
    for (const n of [3, 1, 2]) await rig.put(n);
    rig.workshop.handOut();
    await Promise.all([1, 2, 3].map((n) => rig.reached(jobId(n), 'submitted')));
    expect(rig.songApi.submitted).toEqual([1, 2, 3].map((n) => job(n).inputs));
  });

  it('is never given twice, however often somebody asks for a round', async () => {
    const rig = await workshopRig({ slots: { perUser: 2, perGuild: 2, total: 2 } });
    for (const n of [1, 2, 3, 4]) await rig.put(n);
    for (let n = 0; n < 20; n += 1) rig.workshop.handOut();
    await Promise.all([1, 2].map((n) => rig.reached(jobId(n), 'submitted')));
    await rig.workshop.close();
    expect(rig.songApi.submitted).toHaveLength(2);
  });

  it('holds three requests under way at once, and no more', async () => {
    const rig = await workshopRig();
    const release: (() => void)[] = [];
    rig.songApi.onSubmit = (nth) => new Promise((resolve) => release.push(() => resolve(`task_${nth}`)));
    for (const n of [1, 2, 3, 4, 5]) await rig.put(n);
    rig.workshop.handOut();
    await Promise.all([1, 2, 3].map((n) => rig.reached(jobId(n), 'submitting')));
    // A fourth would be at the same database, which answers in order.
    for (let n = 0; n < 20; n += 1) await rig.jobs.anythingOpen();
    expect(rig.songApi.submitted).toHaveLength(3);
    release.shift()?.();
    await rig.reached(jobId(4), 'submitting');
    expect(statesOf(rig, jobId(5))).toEqual([]);
    for (let n = 4; n <= 5; n += 1) {
      release.splice(0).forEach((go) => go());
      await rig.reached(jobId(5), 'submitting');
    }
    release.splice(0).forEach((go) => go());
  });
});

describe('a song API that says "not now"', () => {
  it.each<[SongApiErrorKind, number | undefined, number]>([
    ['limited', 30_000, 30_000],
    ['limited', undefined, 5_000],
    ['unreachable', undefined, 5_000],
  ])('parks the request (%s, Retry-After %j) and gets it again after %i ms', async (kind, asked, wait) => {
    const rig = await workshopRig();
    rig.songApi.onSubmit = refusing(kind, asked);
    await rig.request(job(1));
    await rig.reached(one, 'submitting');
    await rig.workshop.close();
    const parked = await rig.stored(one);
    expect(parked).toMatchObject({ status: { state: 'queued' }, submittedAt: null });
    expect(parked.notBefore).toBe(rig.clock.now() + wait);
    expect(statesOf(rig)).toEqual(['queued', 'submitting', 'queued']);
  });

  it('is left alone until then, by all requests, and asked again afterwards', async () => {
    const rig = await workshopRig();
    rig.songApi.onSubmit = refusing('limited', 30_000);
    await rig.request(job(1));
    while ((await rig.stored(one)).notBefore === 0);
    rig.songApi.onSubmit = () => Promise.resolve('task_late');
    rig.clock.advance(29_999);
    await rig.request(job(2));
    rig.workshop.handOut();
    await rig.poller.poll();
    expect(rig.songApi.submitted).toHaveLength(1);
    rig.clock.advance(1);
    rig.workshop.handOut();
    await Promise.all([rig.reached(one, 'submitted'), rig.reached(jobId(2), 'submitted')]);
    expect(rig.songApi.submitted).toHaveLength(3);
  });
});

describe('a submit without an answer', () => {
  it.each([
    ['the line broke', () => Promise.reject(new SongApiError('unanswered', 'x'))],
    ['something of ours broke', () => Promise.reject(new TypeError('oops'))],
  ])('is unconfirmed and never sent again: %s', async (_, onSubmit) => {
    const rig = await workshopRig();
    rig.songApi.onSubmit = onSubmit;
    await rig.request(job(1));
    const { status, finishedAt } = await rig.reached(one, 'unconfirmed');
    expect(status).toEqual({ state: 'unconfirmed' });
    expect(finishedAt).toBe(rig.clock.now());
    rig.clock.advance(jobTimeoutMs * 2);
    rig.workshop.handOut();
    await rig.workshop.sweep(0);
    await rig.poller.poll();
    await rig.workshop.close();
    expect(rig.songApi.submitted).toHaveLength(1);
  });

  it('belongs to a process that died: the sweep tells so, and sends nothing', async () => {
    const rig = await workshopRig();
    const submittedAt = rig.clock.now();
    await rig.put(1, { status: { state: 'submitting' }, submittedAt });
    await rig.put(2, { status: { state: 'submitting' }, submittedAt: submittedAt + 1 });
    rig.clock.advance(90_000);
    await rig.workshop.sweep(90_000);
    await rig.workshop.close();
    expect((await rig.stored(one)).status.state).toBe('unconfirmed');
    expect((await rig.stored(jobId(2))).status.state).toBe('submitting');
    expect(rig.songApi.submitted).toEqual([]);
  });
});

describe('a refused submit', () => {
  it.each<[SongApiErrorKind, string]>([
    ['not-served', 'not-served'],
    ['unauthorized', 'unauthorized'],
    ['out-of-credit', 'out-of-credit'],
    ['rejected', 'rejected'],
    ['unavailable', 'rejected'],
  ])('fails the job for good: %s', async (kind, why) => {
    const rig = await workshopRig();
    rig.songApi.onSubmit = refusing(kind);
    await rig.request(job(1));
    const { status, delivery } = await rig.reached(one, 'failed');
    expect(status).toEqual({ state: 'failed', taskId: null, why });
    expect(delivery).toBe('pending');
    await rig.workshop.close();
    expect(rig.songApi.submitted).toHaveLength(1);
  });
});

describe('a task id', () => {
  it('is saved however long the database takes', async () => {
    const rig = await workshopRig();
    rig.songApi.onSubmit = () => {
      rig.jobs.failures = 3;
      return Promise.resolve('task_dear');
    };
    await rig.request(job(1));
    const saved = rig.reached(one, 'submitted');
    for (let left = 3; left > 0; left -= 1) {
      while (rig.clock.sleepers === 0) await rig.jobs.anythingOpen();
      rig.clock.advance(5_000);
    }
    expect((await saved).status).toEqual({ state: 'submitted', taskId: 'task_dear' });
    expect(rig.songApi.submitted).toHaveLength(1);
  });

  it('is not lost to a sweep that took its job for an orphan meanwhile', async () => {
    const rig = await workshopRig();
    rig.songApi.onSubmit = () => {
      rig.jobs.failures = 1;
      return Promise.resolve('task_dear');
    };
    await rig.request(job(1));
    while (rig.clock.sleepers === 0) await rig.jobs.anythingOpen();
    rig.clock.advance(1);
    await rig.workshop.sweep(0);
    expect((await rig.stored(one)).status.state).toBe('unconfirmed');
    rig.clock.advance(5_000);
    expect((await rig.reached(one, 'submitted')).status).toMatchObject({ taskId: 'task_dear' });
  });
});

describe('waiting', () => {
  it('too long ends a request, uncharged and unsent', async () => {
    const rig = await workshopRig({ slots: { perUser: 0, perGuild: 0, total: 0 } });
    await rig.put(1);
    rig.clock.advance(jobTimeoutMs);
    await rig.workshop.sweep(90_000);
    expect((await rig.stored(one)).status.state).toBe('queued');
    rig.clock.advance(2);
    await rig.workshop.sweep(90_000);
    expect((await rig.stored(one)).status).toMatchObject({ state: 'failed', why: 'waited-too-long' });
    expect(rig.songApi.submitted).toEqual([]);
  });
});

describe('closing', () => {
  it('lets a submit under way end, and refuses what comes after', async () => {
    const rig = await workshopRig();
    let answer: (taskId: string) => void = () => undefined;
    rig.songApi.onSubmit = () => new Promise((resolve) => (answer = resolve));
    await rig.request(job(1));
    await rig.reached(one, 'submitting');
    const closed = rig.workshop.close();
    await expect(rig.request(job(2))).rejects.toThrow(Refusal);
    answer('task_1');
    await closed;
    expect((await rig.stored(one)).status.state).toBe('submitted');
    await expect(rig.jobs.find(jobId(2))).resolves.toBeUndefined();
  });
});
