import { fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { guildAccountId } from '../../../src/domain/account.ts';
import type { Storage } from '../../../src/services/storage/database.ts';
import { contradictions, readBooks } from '../../support/books.ts';
import { postgres, sqlite, type Engine } from '../../support/engines.ts';
import { FakeClock } from '../../support/fake-clock.ts';
import type { RushOrder } from '../../support/rush-process.ts';
import {
  beforeTheRush,
  creditsLeft,
  giveUp,
  memberOf,
  rush,
  rushGuild,
  rushHouse,
} from '../../support/rush.ts';

const clock = new FakeClock();
const ignore = (): void => undefined;
const open = (engine: Engine): Promise<Storage> =>
  engine.open({ now: () => clock.now(), onCorrupt: ignore, onError: ignore });

async function emptied(storage: Storage): Promise<Storage> {
  for (const table of ['job', 'ledger_account', 'ledger_entry'] as const)
    await storage.db.deleteFrom(table).execute();
  return storage;
}

/** What the books say after so many of the rush's songs are held. */
async function expectBooks({ db }: Storage, held: number, lines: Record<string, number>): Promise<void> {
  const books = await readBooks(db);
  expect(contradictions(books, clock.now(), false)).toEqual([]);
  const guild = books.accounts.find(({ id }) => id === guildAccountId(rushGuild ?? ''));
  expect(guild?.balance).toMatchObject({ reserved: 50 + held, used: { day: 150, week: 150, month: 150 } });
  const own = books.lines.filter((line) => line.account_id === guild?.id);
  const kinds = Map.groupBy(own, (line) => line.kind);
  expect(Object.fromEntries([...kinds].map(([kind, all]) => [kind, all.length]))).toEqual({
    allowance: 1,
    settle: 1,
    ...lines,
  });
}

describe.each([sqlite(), postgres()])('on $name', (engine) => {
  let storage: Storage;

  beforeAll(async () => {
    await engine.start();
    storage = await open(engine);
  });
  afterAll(async () => {
    await storage.close();
    await engine.stop();
  });

  it('of 400 requests at one moment exactly the 100 are held that the server can pay for', async () => {
    const house = rushHouse(await emptied(storage), clock);
    await beforeTheRush(house);
    await expect(rush(house, 1, 400)).resolves.toEqual({
      held: creditsLeft,
      'guild is out of credits': 400 - creditsLeft,
    });
    await house.workshop.close();
    await expectBooks(storage, creditsLeft, { hold: 2 + creditsLeft });
    // Each line of the budget is told once, whoever crosses it.
    expect(house.alarms.map(({ percent }) => percent)).toEqual([80, 100]);
  });

  it('of 2,000 requests at one moment none ends in a fault: songs, refusals, and those that could not wait', async () => {
    const house = rushHouse(await emptied(storage), clock);
    await beforeTheRush(house);
    const { held = 0, rush: late = 0, ...others } = await rush(house, 1001, 2000);
    expect(Object.keys(others)).toEqual(['guild is out of credits']);
    expect(held).toBe(creditsLeft);
    expect(held + late + (others['guild is out of credits'] ?? 0)).toBe(2000);
    await house.workshop.close();
    await expectBooks(storage, creditsLeft, { hold: 2 + creditsLeft });
  });

  it('of 400 requests of 40 members exactly those are held that each can pay for', async () => {
    const house = rushHouse(await emptied(storage), clock);
    await beforeTheRush(house);
    const actor = { userId: '7', guildId: rushGuild ?? '' };
    await house.steward.setRole(actor, actor.guildId, { credits: 3, period: 'day' });
    await house.steward.setUser(actor, memberOf(0), { credits: 5, period: 'day' });
    await house.steward.grantGuild(actor, 500);
    const answers = await rush(house, 1, 400);
    await house.workshop.close();
    expect(answers).toEqual({ held: 39 * 3 + 5, 'member is out of credits': 400 - 39 * 3 - 5 });
    expect(contradictions(await readBooks(storage.db), clock.now(), false)).toEqual([]);
    await house.steward.setRole(actor, actor.guildId, null);
  });

  it('100 songs that are given up three times each at one moment give their credits back once', async () => {
    const house = rushHouse(await emptied(storage), clock);
    await beforeTheRush(house);
    await rush(house, 1, 100);
    const { jobs } = await readBooks(storage.db);
    const ids = jobs.filter(({ price }) => price === 1).map(({ id }) => id);
    await expect(giveUp(house, ids)).resolves.toEqual({ cancelled: 300 });
    await house.workshop.close();
    await expectBooks(storage, 0, { hold: 102, release: 100 });
  });

  describe.runIf(engine.name === 'postgres')('two processes', () => {
    const script = new URL('../../support/rush-process.ts', import.meta.url).pathname;

    async function twoProcesses(): Promise<[ChildProcess, ChildProcess]> {
      const [one, two] = [fork(script, [engine.url() ?? '']), fork(script, [engine.url() ?? ''])];
      await Promise.all([once(one, 'message'), once(two, 'message')]);
      return [one, two];
    }
    async function tell(child: ChildProcess, order: RushOrder): Promise<Record<string, number>> {
      const answer = once(child, 'message');
      child.send(order);
      return (await answer)[0] as Record<string, number>;
    }
    async function end(...children: ChildProcess[]): Promise<void> {
      for (const child of children) {
        const exit = once(child, 'exit');
        child.send({ do: 'end' } satisfies RushOrder);
        await exit;
      }
    }
    const both = (answers: readonly Record<string, number>[], word: string): number =>
      answers.reduce((sum, answer) => sum + (answer[word] ?? 0), 0);

    it('together get exactly the 100, and together give them back once', async () => {
      const house = rushHouse(await emptied(storage), clock);
      await beforeTheRush(house);
      const [one, two] = await twoProcesses();
      const answers = await Promise.all([
        tell(one, { do: 'rush', first: 1, count: 200 }),
        tell(two, { do: 'rush', first: 201, count: 200 }),
      ]);
      expect(both(answers, 'held') + both(answers, 'guild is out of credits')).toBe(400);
      expect(both(answers, 'held')).toBe(creditsLeft);
      // It was a race: neither came first with everything.
      for (const answer of answers) expect(answer['held']).toBeGreaterThan(0);
      await expectBooks(storage, creditsLeft, { hold: 2 + creditsLeft });

      const { jobs } = await readBooks(storage.db);
      const ids = jobs.filter(({ price }) => price === 1).map(({ id }) => id);
      const ends = await Promise.all([one, two].map((child) => tell(child, { do: 'give up', ids })));
      expect(both(ends, 'cancelled')).toBe(600);
      await end(one, two);
      await expectBooks(storage, 0, { hold: 102, release: 100 });
    });

    it('told of the same 60 interactions hold each once', async () => {
      const house = rushHouse(await emptied(storage), clock);
      await beforeTheRush(house);
      const [one, two] = await twoProcesses();
      const answers = await Promise.all([
        tell(one, { do: 'rush', first: 1, count: 60 }),
        tell(two, { do: 'rush', first: 101, count: 60, asOf: 1 }),
      ]);
      await end(one, two);
      expect([both(answers, 'held'), both(answers, 'again')]).toEqual([60, 60]);
      await expectBooks(storage, 60, { hold: 62 });
    });

    it('of which one is killed in the middle leave books without a contradiction', async () => {
      const house = rushHouse(await emptied(storage), clock);
      await beforeTheRush(house);
      const [one, two] = await twoProcesses();
      one.send({ do: 'rush', first: 1, count: 200 } satisfies RushOrder);
      const others = tell(two, { do: 'rush', first: 201, count: 200 });
      const isHalfway = async (): Promise<boolean> => {
        const account = await house.till.guildAccount(storage.db, rushGuild ?? '');
        return account.balance.reserved > 50 + creditsLeft / 4;
      };
      while (!(await isHalfway()));
      const exit = once(one, 'exit');
      one.kill('SIGKILL');
      await exit;
      const { held = 0 } = await others;
      await end(two);
      const { jobs, ...books } = await readBooks(storage.db);
      expect(contradictions({ jobs, ...books }, clock.now(), false)).toEqual([]);
      expect(held).toBeGreaterThan(0);
      expect(jobs.filter(({ price }) => price === 1)).toHaveLength(creditsLeft);
    });
  });
});
