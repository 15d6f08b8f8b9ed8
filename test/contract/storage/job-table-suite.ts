import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { CorruptRow } from '../../../src/domain/errors.ts';
import type { JobStatus } from '../../../src/domain/job.ts';
import type { Job } from '../../../src/domain/job-record.ts';
import type { Storage } from '../../../src/services/storage/database.ts';
import { JobTable } from '../../../src/services/storage/job-table.ts';
import type { JobRow } from '../../../src/services/storage/schema.ts';
import type { Engine } from '../../support/engines.ts';
import { clip, job, jobId, song } from '../../support/songs.ts';
import { TestJobTable } from '../../support/test-job-table.ts';

const submitted = (n: number): JobStatus => ({ state: 'submitted', taskId: `task_${n}` });
const lost = (n: number): JobStatus => ({ state: 'lost', taskId: `task_${n}` });
const failed: JobStatus = { state: 'failed', taskId: null, why: 'rejected' };

export function jobTableSuite(engine: Engine): void {
  let storage: Storage;
  let table: TestJobTable;
  const corrupt: CorruptRow[] = [];

  beforeAll(async () => {
    const ignore = (): void => undefined;
    storage = await engine.open({ now: Date.now, onCorrupt: ignore, onError: ignore });
    table = new TestJobTable(storage, (error) => corrupt.push(error));
  });
  afterAll(() => storage.close());
  beforeEach(async () => {
    corrupt.length = 0;
    await storage.db.deleteFrom('job').execute();
  });

  async function store(...jobs: Job[]): Promise<void> {
    for (const each of jobs) await table.write(each);
  }
  const damage = (n: number, columns: Partial<JobRow>) =>
    storage.db.updateTable('job').set(columns).where('id', '=', jobId(n)).execute();
  const idsOf = (rows: readonly { id: string }[]): string[] => rows.map(({ id }) => id);

  describe('a job', () => {
    it('comes back as it was written down, whatever it holds', async () => {
      const full = job(1, {
        guildId: null,
        private: true,
        inputs: { prompt: `é 🎵 "'; drop table job; --`, instrumental: false, seed: '18446744073709551615' },
        status: { state: 'succeeded', taskId: 'task_1', result: song(clip({ seconds: 61.5 }), clip()) },
        submittedAt: 1_773_385_820_001,
        finishedAt: 1_773_385_875_002,
        notBefore: 3,
        nextPollAt: 4,
        missingSince: 5,
        charge: 30_000,
        delivery: 'delivered',
        deliveryAttempts: 6,
        nextDeliveryAt: 1_773_385_999_999,
      });
      await expect(table.write(full)).resolves.toBe(true);
      await expect(table.find(full.id)).resolves.toEqual(full);
      await expect(table.find(jobId(2))).resolves.toBeUndefined();
    });

    it('is written once for an interaction, however often and at once it is asked for', async () => {
      const copies = Array.from({ length: 10 }, (_, n) => job(n, { card: job(1).card }));
      const taken = await Promise.all(copies.map((copy) => table.write(copy)));
      expect(taken.filter(Boolean)).toHaveLength(1);
      await expect(storage.db.selectFrom('job').select('id').execute()).resolves.toHaveLength(1);
    });

    it('is not written down when its credits could not be held', async () => {
      const broke = table.insert(job(1), () => Promise.reject(new RangeError('out of credits')));
      await expect(broke).rejects.toThrow(RangeError);
      await expect(table.find(jobId(1))).resolves.toBeUndefined();
      await expect(table.write(job(1))).resolves.toBe(true);
    });

    it('asks for no credits a second time', async () => {
      await store(job(1));
      let holds = 0;
      const hold = () => Promise.resolve((holds += 1));
      await expect(table.insert({ ...job(2), card: job(1).card }, hold)).resolves.toBeUndefined();
      expect(holds).toBe(0);
    });

    it('never takes the id of another: a clash throws', async () => {
      await store(job(1));
      await expect(table.write({ ...job(2), id: jobId(1) })).rejects.toThrow(Error);
    });
  });

  describe('a change', () => {
    it('is written whole and told with what was before', async () => {
      await store(job(1));
      const changed = await table.update(jobId(1), (now) => ({ ...now, status: submitted(1), charge: 7 }));
      expect(changed).toEqual({ before: job(1), after: job(1, { status: submitted(1), charge: 7 }) });
      await expect(table.find(jobId(1))).resolves.toEqual(changed?.after);
    });

    it('is atomic: of 50 at once none is lost', async () => {
      await store(job(1));
      const more = (now: Job): Job => ({ ...now, deliveryAttempts: now.deliveryAttempts + 1 });
      await Promise.all(Array.from({ length: 50 }, () => table.update(jobId(1), more)));
      await expect(table.find(jobId(1))).resolves.toMatchObject({ deliveryAttempts: 50 });
    });

    it('that throws changes nothing and blocks nobody', async () => {
      await store(job(1));
      const refused = table.update(jobId(1), () => {
        throw new RangeError('no');
      });
      await expect(refused).rejects.toThrow(RangeError);
      await expect(table.find(jobId(1))).resolves.toEqual(job(1));
      await expect(table.update(jobId(1), (now) => ({ ...now, charge: 1 }))).resolves.toBeDefined();
    });

    it('and what it means for the credits are written together or not at all', async () => {
      await store(job(1));
      const settling = new JobTable(storage, {
        follow: (_, after) => Promise.resolve({ ...after, hold: 'settled' }),
        onCorrupt: () => undefined,
      });
      await settling.update(jobId(1), (now) => ({ ...now, charge: 7 }));
      await expect(table.find(jobId(1))).resolves.toEqual(job(1, { charge: 7, hold: 'settled' }));
      const failing = new JobTable(storage, {
        follow: () => Promise.reject(new RangeError('the till is shut')),
        onCorrupt: () => undefined,
      });
      await expect(failing.update(jobId(1), (now) => ({ ...now, charge: 8 }))).rejects.toThrow(RangeError);
      await expect(table.find(jobId(1))).resolves.toMatchObject({ charge: 7 });
    });

    it('of nothing is nothing', async () => {
      await store(job(1));
      const same = await table.update(jobId(1), (now) => now);
      expect(same?.after).toBe(same?.before);
      await expect(table.update(jobId(2), (now) => now)).resolves.toBeUndefined();
    });

    it('of one job leaves the others alone', async () => {
      await store(job(1), job(2));
      await table.update(jobId(1), (now) => ({ ...now, price: 9 }));
      await expect(table.find(jobId(2))).resolves.toEqual(job(2));
    });
  });

  describe('the queues', () => {
    it('hold who may go now and who is under way', async () => {
      await store(
        job(1),
        job(2, { notBefore: 500 }),
        job(3, { notBefore: 501 }),
        job(4, { status: { state: 'submitting' } }),
        job(5, { status: submitted(5), guildId: null }),
        job(6, { status: { state: 'running', taskId: 'task_6', percent: null } }),
        job(7, { status: failed }),
        job(8, { status: lost(8) }),
      );
      const waiting = await table.waiting(500);
      expect(idsOf(waiting).toSorted()).toEqual([jobId(1), jobId(2)].toSorted());
      const { id, guildId, userId, createdAt } = job(1);
      expect(waiting).toContainEqual({ id, guildId, userId, createdAt });
      const busy = await table.busy();
      expect(busy).toHaveLength(3);
      expect(busy).toContainEqual({ guildId: null, userId: job(5).userId });
    });

    it('hold the tasks to ask about, the longest overdue first', async () => {
      await store(
        job(1, { status: submitted(1), nextPollAt: 20, submittedAt: 7, action: 'suno/MUSIC' }),
        job(2, { status: lost(2), nextPollAt: 10, missingSince: 3 }),
        job(3, { status: submitted(3), nextPollAt: 21 }),
        job(4, { status: submitted(4), nextPollAt: null }),
        job(5, { status: failed, nextPollAt: 1 }),
      );
      await expect(table.openTasks(20)).resolves.toEqual([
        {
          id: jobId(2),
          taskId: 'task_2',
          action: 'producer/MUSIC',
          status: lost(2),
          submittedAt: 0,
          missingSince: 3,
        },
        {
          id: jobId(1),
          taskId: 'task_1',
          action: 'suno/MUSIC',
          status: submitted(1),
          submittedAt: 7,
          missingSince: null,
        },
      ]);
    });

    it('remember when to ask next and since when an answer is missing', async () => {
      const [a, b] = [job(1, { status: submitted(1) }), job(2, { status: submitted(2) })];
      await store(a, b);
      await table.setMissing(a.id, 100, 200);
      await expect(table.find(a.id)).resolves.toEqual({ ...a, missingSince: 100, nextPollAt: 200 });
      await table.setPolled([a.id, b.id], 300);
      await expect(table.find(a.id)).resolves.toEqual({ ...a, missingSince: null, nextPollAt: 300 });
      await expect(table.find(b.id)).resolves.toMatchObject({ nextPollAt: 300 });
      await table.setPolled([], 400);
      await table.setPolled([a.id], null);
      await expect(table.find(a.id)).resolves.toMatchObject({ nextPollAt: null });
    });

    it('hold finished cards until Discord has taken them', async () => {
      await store(
        job(1, { status: failed, nextDeliveryAt: 20 }),
        job(2, { status: lost(2), nextDeliveryAt: 10 }),
        job(3, { status: failed, nextDeliveryAt: 21 }),
        job(4, { status: failed, delivery: 'delivered' }),
        job(5, { status: failed, delivery: 'undeliverable' }),
        job(6, { status: submitted(6) }),
      );
      expect(idsOf(await table.undelivered(20))).toEqual([jobId(2), jobId(1)]);
    });

    it('tell what has stood still since a time', async () => {
      await store(
        job(1, { createdAt: 10 }),
        job(2, { createdAt: 11 }),
        job(3, { createdAt: 5, status: { state: 'submitting' }, submittedAt: 10 }),
        job(4, { createdAt: 5, status: { state: 'submitting' }, submittedAt: 11 }),
      );
      await expect(table.stale('queued', 10)).resolves.toEqual([jobId(1)]);
      await expect(table.stale('submitting', 10)).resolves.toEqual([jobId(3)]);
    });

    it.each<[string, boolean, Partial<Job>]>([
      ['queued', true, {}],
      ['parked for later', true, { notBefore: 1e15 }],
      ['submitting', true, { status: { state: 'submitting' } }],
      ['submitted', true, { status: submitted(1) }],
      ['failed and not told', true, { status: failed }],
      ['failed and told', false, { status: failed, delivery: 'delivered' }],
      ['failed and untellable', false, { status: failed, delivery: 'undeliverable' }],
      ['lost and still asked for', true, { status: lost(1), delivery: 'delivered', nextPollAt: 9 }],
      ['lost for good', false, { status: lost(1), delivery: 'delivered' }],
    ])('keep the ticker awake for a job that is %s: %j', async (_, awake, more) => {
      await expect(table.anythingOpen()).resolves.toBe(false);
      await store(job(1, more));
      await expect(table.anythingOpen()).resolves.toBe(awake);
    });

    it("list a member's own in one place, newest first", async () => {
      const dm = { guildId: null };
      await store(job(1), job(2), job(3), job(4, dm), job(5, { guildId: '9' }), job(6, { userId: '8' }));
      const { userId, guildId } = job(1);
      expect(idsOf(await table.ofMember(userId, guildId, 2))).toEqual([jobId(3), jobId(2)]);
      expect(idsOf(await table.ofMember(userId, null, 9))).toEqual([jobId(4)]);
    });
  });

  describe('a row that nobody can read', () => {
    const damages: [string, Partial<JobRow>][] = [
      ['inputs', { inputs: '{"prompt":' }],
      ['inputs of another shape', { inputs: '{"prompt":5}' }],
      ['status', { status: 'running' }],
      ['status of another shape', { status: '{"state":"submitted"}' }],
      ['action', { action: 'sing' }],
      ['delivery', { delivery: 'maybe' }],
      ['hold', { hold: 'maybe' }],
    ];

    it.each(damages)('is set aside, reported and kept, and spoils no other: %s', async (_, columns) => {
      await store(
        job(1, { status: submitted(1), nextPollAt: 1 }),
        job(2, { status: submitted(2), nextPollAt: 2 }),
      );
      await damage(1, columns);
      expect(idsOf(await table.openTasks(5))).toEqual([jobId(2)]);
      expect(corrupt.map(({ table: name, id }) => [name, id])).toEqual([['job', jobId(1)]]);
      expect(idsOf(await table.openTasks(5))).toEqual([jobId(2)]);
      expect(corrupt).toHaveLength(1);
      await expect(storage.db.selectFrom('job').select('id').execute()).resolves.toHaveLength(2);
      await expect(table.busy()).resolves.toHaveLength(1);
    });

    it('is no job to find or to change, and is reported', async () => {
      await store(job(1));
      await damage(1, { inputs: '{' });
      await expect(table.find(jobId(1))).resolves.toBeUndefined();
      await expect(table.update(jobId(1), (now) => now)).resolves.toBeUndefined();
      expect(corrupt).toHaveLength(2);
    });

    it('leaves the queue once it was met', async () => {
      await store(job(1));
      await damage(1, { inputs: '{' });
      await table.find(jobId(1));
      await expect(table.waiting(Date.now())).resolves.toEqual([]);
      await expect(table.anythingOpen()).resolves.toBe(false);
    });
  });
}
