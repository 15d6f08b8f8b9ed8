import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import type { SlotLimits } from '../../../src/domain/fair-pick.ts';
import type { Job } from '../../../src/domain/job-record.ts';
import { contradictions, readBooks } from '../../support/books.ts';
import { FakeClock } from '../../support/fake-clock.ts';
import { Life, openMortal, quickDialect, quickDir } from '../../support/mortal-database.ts';
import { job, snapshot, song } from '../../support/songs.ts';
import { tillHouse, type House } from '../../support/till-house.ts';

const loud = '100000000000000001';
const quiet = '100000000000000002';
const much = { credits: 10_000, period: 'month' } as const;

interface Queue {
  house: House;
  /** Ids in the order in which they were started. */
  started: string[];
  ask: (count: number, more: (n: number) => Partial<Job>) => Promise<string[]>;
  /** The oldest song under way is done: its slot is free. */
  finishOne: () => Promise<void>;
  /** Resolves with the one that was started as the nth. */
  nth: (n: number) => Promise<string>;
}

async function queue(slots: SlotLimits): Promise<Queue> {
  const clock = new FakeClock();
  const file = join(quickDir(), 'till.sqlite');
  const storage = await openMortal(quickDialect(file), new Life(), () => clock.now());
  const started: string[] = [];
  const tasks = new Map<string, string>();
  const waiting = new Set<() => void>();
  const house = tillHouse({
    storage,
    clock,
    slots,
    defaults: { guild: much, user: much },
    onChange({ id, status }) {
      if (status.state === 'submitted') tasks.set(id, status.taskId);
      if (status.state === 'submitting') started.push(id);
      for (const look of waiting) look();
    },
  });
  onTestFinished(async () => {
    await house.workshop.close();
    expect(contradictions(await readBooks(storage.db), clock.now(), false)).toEqual([]);
    await storage.close();
  });
  const until = <T>(found: () => T | undefined): Promise<T> =>
    new Promise((resolve) => {
      const look = (): void => {
        const result = found();
        if (result === undefined) return;
        waiting.delete(look);
        resolve(result);
      };
      waiting.add(look);
      look();
    });
  let count = 0;
  let finished = 0;
  const nth = (n: number): Promise<string> => until(() => started[n - 1]);
  return {
    house,
    started,
    nth,
    async ask(many, more) {
      const wishes = Array.from({ length: many }, () => {
        count += 1;
        return job(count, { createdAt: clock.now() + count, ...more(count) });
      });
      const answers = await Promise.all(wishes.map((wish) => house.request(wish)));
      expect(new Set(answers)).toEqual(new Set(['held']));
      return wishes.map(({ id }) => id);
    },
    async finishOne() {
      finished += 1;
      const id = await nth(finished);
      const taskId = await until(() => tasks.get(id));
      const done = snapshot({ taskId, phase: 'succeeded', result: song() });
      await house.workshop.apply(id, { is: 'snapshot', snapshot: done });
    },
  };
}

const member = (n: number): string => `30000000000000${1000 + n}`;

describe('beside a server with 500 waiting songs', () => {
  it.each<[string, SlotLimits, (n: number) => string]>([
    ['of 500 members, with few slots', { perUser: 2, perGuild: 5, total: 5 }, member],
    ['of one member', { perUser: 500, perGuild: 500, total: 5 }, () => member(0)],
    ['of 20 members, with many slots', { perUser: 2, perGuild: 40, total: 40 }, (n) => member(n % 20)],
  ])("another's only song gets the very next slot that comes free: %s", async (_, slots, userOf) => {
    const { ask, started, nth, finishOne, house } = await queue(slots);
    await ask(500, (n) => ({ guildId: loud, userId: userOf(n) }));
    await nth(slots.total);
    const [single = ''] = await ask(1, () => ({ guildId: quiet, userId: '5' }));
    // All slots are taken: it waits, like the others.
    expect(started).toHaveLength(slots.total);
    await expect(house.jobs.find(single)).resolves.toMatchObject({ status: { state: 'queued' } });
    await finishOne();
    await expect(nth(slots.total + 1)).resolves.toBe(single);
    // The others go on.
    await finishOne();
    await expect(nth(slots.total + 2)).resolves.toBeTypeOf('string');
  });

  it("another's only song starts at once where the server has all of its slots and others are free", async () => {
    const { ask, started, nth } = await queue({ perUser: 2, perGuild: 5, total: 50 });
    await ask(500, (n) => ({ guildId: loud, userId: member(n) }));
    await nth(5);
    const [single] = await ask(1, () => ({ guildId: quiet, userId: '5' }));
    await expect(nth(6)).resolves.toBe(single);
    expect(started).toHaveLength(6);
  });

  it('a person in direct messages is served as soon', async () => {
    const { ask, nth, finishOne } = await queue({ perUser: 2, perGuild: 5, total: 5 });
    await ask(500, (n) => ({ guildId: loud, userId: member(n) }));
    const [single] = await ask(1, () => ({ guildId: null, userId: '5' }));
    await finishOne();
    await expect(nth(6)).resolves.toBe(single);
  });

  it('ten servers with one song each are all served before the 500 have had ten more', async () => {
    const { ask, started, nth, finishOne } = await queue({ perUser: 2, perGuild: 5, total: 5 });
    await ask(500, (n) => ({ guildId: loud, userId: member(n) }));
    await nth(5);
    const singles = await ask(10, (n) => ({ guildId: `10000000000000${1000 + n}`, userId: '5' }));
    for (let n = 0; n < 15; n += 1) await finishOne();
    await nth(20);
    const after = started.slice(5, 20);
    expect(after).toEqual(expect.arrayContaining(singles));
  });
});
