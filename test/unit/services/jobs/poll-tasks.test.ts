import { describe, expect, it } from 'vitest';
import type { JobStatus } from '../../../../src/domain/job.ts';
import { builtInCatalogue } from '../../../../src/domain/built-in-catalogue.ts';
import { Parking } from '../../../../src/services/jobs/parking.ts';
import { TaskPoller } from '../../../../src/services/jobs/poll-tasks.ts';
import { SongApiError } from '../../../../src/services/song-api/song-api-error.ts';
import { listeningLog } from '../../../support/quiet.ts';
import { jobId, snapshot, song } from '../../../support/songs.ts';
import { intervalMs, jobTimeoutMs, workshopRig, type Rig } from '../../../support/workshop-rig.ts';

const one = jobId(1);
const two = jobId(2);
const minute = 60_000;
const day = 24 * 60 * minute;
const missingGraceMs = 30_000;

const submitted = (n: number): JobStatus => ({ state: 'submitted', taskId: `task_${n}` });

/** The nth job, submitted just now and due for a look. */
const open = (rig: Rig, n: number, submittedAt = rig.clock.now()) =>
  rig.put(n, { status: submitted(n), submittedAt, nextPollAt: rig.clock.now() });
const tell = (rig: Rig, n: number, more: Parameters<typeof snapshot>[0]) =>
  rig.songApi.news.set(`task_${n}`, snapshot({ taskId: `task_${n}`, ...more }));
const stateOf = async (rig: Rig, id = one) => (await rig.stored(id)).status.state;

/** Lets time pass until the job's next look is due, and looks. */
async function nextLook(rig: Rig, id = one): Promise<number> {
  const before = rig.clock.now();
  const { nextPollAt } = await rig.stored(id);
  if (nextPollAt === null) throw new Error('there is no next look');
  rig.clock.advance(Math.max(0, nextPollAt - before));
  await rig.poller.poll();
  return rig.clock.now() - before;
}

describe('a look', () => {
  it('asks about every open task at once, and not at all when none is due', async () => {
    const rig = await workshopRig();
    await rig.poller.poll();
    expect(rig.songApi.asked).toEqual([]);
    await open(rig, 1);
    await open(rig, 2);
    await rig.put(3, { status: submitted(3), nextPollAt: rig.clock.now() + minute });
    await rig.poller.poll();
    expect(rig.songApi.asked.map((ids) => ids.toSorted())).toEqual([['task_1', 'task_2']]);
  });

  it('takes in progress and comes back after the interval', async () => {
    const rig = await workshopRig();
    await open(rig, 1);
    tell(rig, 1, { percent: 20, charge: 30_000 });
    await rig.poller.poll();
    await expect(rig.stored(one)).resolves.toMatchObject({
      status: { state: 'running', percent: 20 },
      charge: 30_000,
      nextPollAt: rig.clock.now() + intervalMs,
    });
    await expect(nextLook(rig)).resolves.toBe(intervalMs);
    expect(rig.changes).toHaveLength(1);
  });

  it('takes in the end and never asks again', async () => {
    const rig = await workshopRig();
    await open(rig, 1);
    tell(rig, 1, { phase: 'succeeded', result: song() });
    await rig.poller.poll();
    await expect(rig.stored(one)).resolves.toMatchObject({
      status: { state: 'succeeded', result: song() },
      nextPollAt: null,
      finishedAt: rig.clock.now(),
      delivery: 'pending',
    });
    rig.clock.advance(minute);
    await rig.poller.poll();
    expect(rig.songApi.asked).toHaveLength(1);
  });

  it('becomes rarer as a task grows old', async () => {
    const rig = await workshopRig();
    await open(rig, 1);
    tell(rig, 1, { phase: 'waiting' });
    await rig.poller.poll();
    expect(await nextLook(rig)).toBe(intervalMs);
    rig.clock.advance(2 * minute);
    await rig.poller.poll();
    expect(await nextLook(rig)).toBe(3 * intervalMs);
    rig.clock.advance(8 * minute);
    await rig.poller.poll();
    expect(await nextLook(rig)).toBe(6 * intervalMs);
  });

  it('that spoils one job leaves the others theirs', async () => {
    const rig = await workshopRig();
    const { log, lines } = listeningLog();
    const { jobs, songApi, clock, workshop } = rig;
    const apply: typeof workshop.apply = (id, event, more) =>
      id === one ? Promise.reject(new Error('one bad job')) : workshop.apply(id, event, more);
    const showWaiting = () => Promise.resolve();
    const times = { clock, intervalMs, jobTimeoutMs };
    const catalogue = builtInCatalogue;
    const options = { ...times, jobs, songApi, log, catalogue, workshop: { apply, showWaiting } };
    const parking = new Parking(clock);
    await open(rig, 1);
    await open(rig, 2);
    tell(rig, 1, { percent: 10 });
    tell(rig, 2, { percent: 10 });
    await new TaskPoller({ ...options, parking }).poll();
    expect(await stateOf(rig, one)).toBe('submitted');
    expect(await stateOf(rig, two)).toBe('running');
    expect(lines.filter(({ level }) => level === 'error')).toMatchObject([{ jobId: one }]);
  });
});

describe('a batch that fails', () => {
  it('changes nothing, and is given time: twice as much each time, up to a minute', async () => {
    const rig = await workshopRig();
    const before = await open(rig, 1);
    rig.songApi.onFetch = () => Promise.reject(new SongApiError('unavailable', 'down'));
    for (let failures = 1; failures <= 6; failures += 1) {
      const longest = Math.min(minute, intervalMs * 2 ** failures);
      await rig.poller.poll();
      expect(rig.songApi.asked).toHaveLength(failures);
      rig.clock.advance(longest * 0.8 - 1);
      await rig.poller.poll();
      expect(rig.songApi.asked).toHaveLength(failures);
      rig.clock.advance(longest * 0.4 + 1);
    }
    await expect(rig.stored(one)).resolves.toEqual(before);
  });

  it('is given the time that it asks for', async () => {
    const rig = await workshopRig();
    await open(rig, 1);
    rig.songApi.onFetch = () => Promise.reject(new SongApiError('limited', 'x', { retryAfterMs: 77_000 }));
    await rig.poller.poll();
    rig.clock.advance(76_999);
    await rig.poller.poll();
    expect(rig.songApi.asked).toHaveLength(1);
    rig.clock.advance(1);
    await rig.poller.poll();
    expect(rig.songApi.asked).toHaveLength(2);
  });

  it('loses no song, however long the outage', async () => {
    const rig = await workshopRig();
    await open(rig, 1);
    rig.songApi.onFetch = () => Promise.reject(new SongApiError('unreachable', 'x'));
    await rig.poller.poll();
    rig.clock.advance(jobTimeoutMs * 3);
    await rig.poller.poll();
    expect(await stateOf(rig)).toBe('submitted');
    rig.songApi.onFetch = () => Promise.resolve({});
    tell(rig, 1, { phase: 'succeeded', result: song() });
    rig.clock.advance(2 * minute);
    await rig.poller.poll();
    expect(await stateOf(rig)).toBe('succeeded');
  });

  it('in part says nothing about its tasks, not even that they are missing', async () => {
    const rig = await workshopRig();
    const before = await open(rig, 1);
    rig.songApi.onFetch = () => Promise.resolve({ missing: [], problems: [new Error('a refused chunk')] });
    await rig.poller.poll();
    await expect(rig.stored(one)).resolves.toEqual(before);
  });
});

describe('a task that is missing from the answer', () => {
  it('is believed in for a grace, asked for by itself, and only then lost', async () => {
    const rig = await workshopRig();
    await open(rig, 1);
    const start = rig.clock.now();
    await rig.poller.poll();
    while (rig.songApi.askedAlone.length === 0) await nextLook(rig);
    expect(rig.clock.now() - start).toBeGreaterThanOrEqual(missingGraceMs);
    expect(rig.clock.now() - start).toBeLessThan(missingGraceMs + 2 * intervalMs);
    await expect(rig.stored(one)).resolves.toMatchObject({
      status: { state: 'lost', taskId: 'task_1' },
      delivery: 'pending',
    });
  });

  it('is found when it is asked for by itself', async () => {
    const rig = await workshopRig();
    await open(rig, 1, rig.clock.now() - minute);
    rig.songApi.onFetchTask = () =>
      Promise.resolve(snapshot({ phase: 'succeeded', result: song(), taskId: 'task_1' }));
    await rig.poller.poll();
    while (rig.songApi.askedAlone.length === 0) await nextLook(rig);
    expect(await stateOf(rig)).toBe('succeeded');
  });

  it('starts its grace anew once it was seen again', async () => {
    const rig = await workshopRig();
    await open(rig, 1);
    await rig.poller.poll();
    rig.clock.advance(missingGraceMs - intervalMs);
    tell(rig, 1, { phase: 'waiting' });
    await rig.poller.poll();
    await expect(rig.stored(one)).resolves.toMatchObject({ missingSince: null });
    rig.songApi.news.clear();
    await nextLook(rig);
    await nextLook(rig);
    expect(rig.songApi.askedAlone).toEqual([]);
    expect(await stateOf(rig)).toBe('submitted');
  });

  it('is not given up because the single question fails', async () => {
    const rig = await workshopRig();
    await open(rig, 1, rig.clock.now() - minute);
    rig.songApi.onFetchTask = () => Promise.reject(new SongApiError('unavailable', 'down'));
    await rig.poller.poll();
    while (rig.songApi.askedAlone.length < 2) await nextLook(rig);
    expect(await stateOf(rig)).toBe('submitted');
  });
});

describe('a song that takes too long', () => {
  it('is given up on fresh word that it is not finished, and still asked about', async () => {
    const rig = await workshopRig();
    await open(rig, 1);
    tell(rig, 1, { phase: 'waiting' });
    rig.clock.advance(jobTimeoutMs + 1);
    await rig.poller.poll();
    await expect(rig.stored(one)).resolves.toMatchObject({
      status: { state: 'lost' },
      nextPollAt: rig.clock.now() + 5 * minute,
    });
    expect(await nextLook(rig)).toBe(5 * minute);
    expect(rig.songApi.asked).toHaveLength(2);
  });

  it('is welcome when it comes after all: its card is sent once more', async () => {
    const rig = await workshopRig();
    await rig.put(1, {
      status: { state: 'lost', taskId: 'task_1' },
      submittedAt: rig.clock.now(),
      nextPollAt: rig.clock.now(),
      delivery: 'delivered',
      deliveryAttempts: 3,
    });
    tell(rig, 1, { phase: 'succeeded', result: song() });
    await rig.poller.poll();
    await expect(rig.stored(one)).resolves.toMatchObject({
      status: { state: 'succeeded' },
      delivery: 'pending',
      deliveryAttempts: 0,
      nextPollAt: null,
      finishedAt: rig.clock.now(),
    });
  });

  it('is forgotten after a day, when the gateway itself has ended it', async () => {
    const rig = await workshopRig();
    const status: JobStatus = { state: 'lost', taskId: 'task_1' };
    const delivery = 'delivered';
    const now = rig.clock.now();
    await rig.put(1, { status, submittedAt: now - day - 1, nextPollAt: now, delivery });
    await rig.poller.poll();
    while ((await rig.stored(one)).nextPollAt !== null) await nextLook(rig);
    expect(rig.clock.now() - now).toBeLessThan(10 * minute);
    await expect(rig.jobs.anythingOpen()).resolves.toBe(false);
  });
});
