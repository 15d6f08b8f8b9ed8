import { describe, expect, it } from 'vitest';
import { Refusal } from '../../../../src/domain/errors.ts';
import type { JobStatus } from '../../../../src/domain/job.ts';
import { job, jobId, snapshot, song } from '../../../support/songs.ts';
import { workshopRig } from '../../../support/workshop-rig.ts';

const one = jobId(1);
const taskId = 'task_1';

async function reasonOf(promise: Promise<unknown>): Promise<string> {
  const error: unknown = await promise.then(
    () => undefined,
    (thrown: unknown) => thrown,
  );
  if (error instanceof Refusal) return error.reason.is;
  throw new Error('it was not refused');
}

describe('cancelling', () => {
  it('a waiting request means that it is never sent', async () => {
    const rig = await workshopRig({ slots: { perUser: 1, perGuild: 5, total: 5 } });
    await rig.request(job(1));
    await rig.reached(one, 'submitted');
    await rig.request(job(2));
    const cancelled = await rig.workshop.cancel(jobId(2));
    expect(cancelled).toMatchObject({
      status: { state: 'cancelled', taskId: null },
      finishedAt: rig.clock.now(),
      delivery: 'pending',
    });
    await rig.workshop.cancel(one);
    await rig.workshop.close();
    expect(rig.songApi.submitted).toEqual([job(1).inputs]);
  });

  it('a request that is being handed over keeps it cancelled, and the task id for the books', async () => {
    const rig = await workshopRig();
    let answer: (taskId: string) => void = () => undefined;
    rig.songApi.onSubmit = () => new Promise((resolve) => (answer = resolve));
    await rig.request(job(1));
    await rig.reached(one, 'submitting');
    await rig.workshop.cancel(one);
    answer(taskId);
    await rig.workshop.close();
    expect((await rig.stored(one)).status).toEqual({ state: 'cancelled', taskId });
    await rig.poller.poll();
    expect(rig.songApi.asked).toEqual([]);
  });

  it.each<[string, JobStatus]>([
    ['accepted', { state: 'submitted', taskId }],
    ['being composed', { state: 'running', taskId, percent: 50 }],
  ])('a song that is %s only means that nobody asks about it any more', async (_, status) => {
    const rig = await workshopRig();
    await rig.put(1, { status, nextPollAt: 0 });
    await rig.workshop.cancel(one);
    expect((await rig.stored(one)).status).toEqual({ state: 'cancelled', taskId });
    await rig.poller.poll();
    expect(rig.songApi.asked).toEqual([]);
    const late = snapshot({ phase: 'succeeded', result: song() });
    await rig.workshop.apply(one, { is: 'snapshot', snapshot: late });
    expect((await rig.stored(one)).status.state).toBe('cancelled');
  });

  it.each<JobStatus>([
    { state: 'succeeded', taskId, result: song() },
    { state: 'failed', taskId: null, why: 'rejected' },
    { state: 'cancelled', taskId: null },
    { state: 'lost', taskId },
    { state: 'unconfirmed' },
  ])('what has ended is refused: $state', async (status) => {
    const rig = await workshopRig();
    const before = await rig.put(1, { status });
    await expect(reasonOf(rig.workshop.cancel(one))).resolves.toBe('already-over');
    await expect(rig.stored(one)).resolves.toEqual(before);
    expect(rig.changes).toEqual([]);
  });

  it('what never was is refused', async () => {
    const rig = await workshopRig();
    await expect(reasonOf(rig.workshop.cancel(one))).resolves.toBe('job-gone');
  });

  it('frees its slot for the next', async () => {
    const rig = await workshopRig({ slots: { perUser: 1, perGuild: 1, total: 1 } });
    await rig.request(job(1));
    await rig.reached(one, 'submitted');
    await rig.request(job(2));
    await rig.workshop.cancel(one);
    await rig.reached(jobId(2), 'submitted');
    expect(rig.songApi.submitted).toHaveLength(2);
  });

  it('in the very moment of its start disturbs nobody', async () => {
    const rig = await workshopRig();
    await rig.put(1);
    rig.workshop.handOut();
    await rig.workshop.cancel(one).catch(() => undefined);
    await rig.workshop.close();
    expect((await rig.stored(one)).status.state).toBe('cancelled');
    expect(rig.lines.filter(({ level }) => level === 'error')).toEqual([]);
  });
});
