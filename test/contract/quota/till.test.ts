import { beforeEach, describe, expect, it, onTestFinished } from 'vitest';
import { Refusal } from '../../../src/domain/errors.ts';
import { contradictions, readBooks } from '../../support/books.ts';
import { FakeClock } from '../../support/fake-clock.ts';
import { Life, openMortal, quickDialect } from '../../support/mortal-database.ts';
import { job, song as finishedSong } from '../../support/songs.ts';
import { tillHouse, type House } from '../../support/till-house.ts';

const guildId = job(0).guildId ?? '';
const { userId } = job(0);
const actor = { userId: '7', guildId };
const at = (text: string): number => Date.parse(text);
const hour = 3_600_000;

let clock: FakeClock;
let house: House;
let count = 0;

beforeEach(async () => {
  // The last evening of a month.
  clock = new FakeClock(at('2026-01-31T09:00Z'));
  const storage = await openMortal(quickDialect(':memory:'), new Life(), () => clock.now());
  house = tillHouse({
    storage,
    clock,
    byHand: true,
    defaults: { guild: { credits: 10, period: 'month' }, user: { credits: 1_000, period: 'day' } },
  });
  onTestFinished(() => storage.close());
});

/** A song that is asked for, made and delivered at once; `held` where it could be paid for. */
async function song(price: number): Promise<string> {
  count += 1;
  const wish = job(count, { price, createdAt: clock.now() });
  const word = await house.request(wish);
  if (word === 'held')
    await house.jobs.update(wish.id, (now) => ({
      ...now,
      status: { state: 'succeeded', taskId: `task_${wish.id}`, result: finishedSong() },
      delivery: 'delivered',
    }));
  return word;
}
const wrong = async (): Promise<string[]> =>
  contradictions(await readBooks(house.storage.db), clock.now(), true);

describe('a refusal', () => {
  it('says what is left and when the period starts over, on the clock of the server', async () => {
    await house.steward.setTimeZone(actor, 'Asia/Tokyo');
    await expect(song(8)).resolves.toBe('held');
    const broke = house.workshop.request(job(500, { price: 3 }), {
      guildId,
      userId,
      userName: '',
      roleIds: [],
    });
    await expect(broke).rejects.toMatchObject({
      reason: { whose: 'guild', price: 3, left: 2, resetAt: new Date('2026-01-31T15:00Z') },
    });
  });

  it("says when a member's day starts over on the server's clock, also after that was changed", async () => {
    await song(1);
    await house.steward.setTimeZone(actor, 'Asia/Tokyo');
    await house.steward.setUser(actor, userId, { credits: 1, period: 'day' });
    await house.steward.setRole(actor, guildId, { credits: 1, period: 'day' });
    const spender = { guildId, userId, userName: '', roleIds: [] };
    const refusal: unknown = await house.workshop
      .request(job(501, { price: 5 }), spender)
      .catch((error) => error);
    expect(refusal).toBeInstanceOf(Refusal);
    expect(refusal).toMatchObject({ reason: { whose: 'member', resetAt: new Date('2026-01-31T15:00Z') } });
  });

  it('writes nothing: no job, no account, no entry', async () => {
    await expect(song(11)).resolves.toBe('guild is out of credits');
    const { jobs, lines, accounts } = await readBooks(house.storage.db);
    expect([jobs, lines, accounts]).toEqual([[], [], []]);
  });
});

describe('something free', () => {
  it('is entered, and moves nothing', async () => {
    await expect(song(0)).resolves.toBe('held');
    const standings = await house.till.standings(house.storage.db, { guildId, userId, roleIds: [] });
    expect(standings).toMatchObject({ guild: { used: 0, reserved: 0, left: 10 }, member: { left: 1_000 } });
    await expect(wrong()).resolves.toEqual([]);
  });

  it('is there for those, too, whose allowance was lowered below what they have used', async () => {
    await song(5);
    await house.steward.setGuild(actor, { credits: 2, period: 'month' });
    await expect(song(0)).resolves.toBe('held');
  });
});

describe('what an admin gives to a server', () => {
  it("never reaches beyond the operator's ceiling, whatever its period is", async () => {
    await house.steward.setGuild(actor, { credits: 1_000, period: 'day' });
    await expect(song(11)).resolves.toBe('guild is out of credits');
    await house.steward.setCeiling(actor, { credits: 12, period: 'week' });
    await expect(song(12)).resolves.toBe('held');
    await expect(song(1)).resolves.toBe('guild is out of credits');
    await house.steward.setCeiling(actor, null);
    await expect(song(1)).resolves.toBe('guild is out of credits');
    await expect(wrong()).resolves.toEqual([]);
  });

  it('may be less than the ceiling, and then is what counts', async () => {
    await house.steward.setGuild(actor, { credits: 3, period: 'day' });
    await expect(song(4)).resolves.toBe('guild is out of credits');
    await expect(song(3)).resolves.toBe('held');
  });
});

describe('a time zone that is changed', () => {
  // Defect, three times over: periods begin at another hour in another zone, and rolled() starts over whenever
  // periodStart is later than `since`, be it by an hour. Every step westwards gives an admin the whole allowance anew,
  // the operator's ceiling included, at any time. Fix: rolled() takes a new start only when it comes at least three
  // quarters of a period after `since`: a changed zone then makes one period longer, and none much shorter.
  it('gives nobody credits again in the middle of a month', async () => {
    await song(10);
    await expect(song(1)).resolves.toBe('guild is out of credits');
    await house.steward.setTimeZone(actor, 'America/New_York');
    await expect(song(1)).resolves.toBe('guild is out of credits');
  });

  it('gives no more than two months of credits around the turn of a month', async () => {
    let spent = 0;
    for (const zone of [
      'Pacific/Kiritimati',
      'Asia/Tokyo',
      'Europe/Berlin',
      'America/New_York',
      'Etc/GMT+12',
    ]) {
      await house.steward.setTimeZone(actor, zone);
      clock.advance(7 * hour);
      while ((await song(1)) === 'held') spent += 1;
    }
    expect(spent).toBeLessThanOrEqual(20);
  });

  it("doesn't forget what members have used today", async () => {
    await house.steward.setUser(actor, userId, { credits: 4, period: 'day' });
    await house.steward.setRole(actor, guildId, { credits: 4, period: 'day' });
    await song(4);
    await expect(song(1)).resolves.toBe('member is out of credits');
    await house.steward.setTimeZone(actor, 'Europe/London');
    await expect(song(1)).resolves.toBe('member is out of credits');
    await house.steward.setTimeZone(actor, 'America/New_York');
    await expect(song(1)).resolves.toBe('member is out of credits');
  });

  it('eastwards ends the period earlier, once', async () => {
    await song(10);
    await house.steward.setTimeZone(actor, 'Asia/Tokyo');
    await expect(song(1)).resolves.toBe('guild is out of credits');
    clock.advance(6 * hour);
    await expect(song(1)).resolves.toBe('held');
  });
});

describe('a member who is in two servers and writes to the bot directly', () => {
  it('has three accounts, of which none pays for another', async () => {
    const other = { guildId: '100000000000000009' };
    const places = [{}, other, { guildId: null }];
    for (const [n, place] of places.entries()) {
      const wish = job(600 + n, { price: 7, ...place });
      await expect(house.request(wish)).resolves.toBe('held');
    }
    await expect(house.request(job(610, { price: 7 }))).resolves.toBe('guild is out of credits');
    await expect(house.request(job(611, { price: 7, ...other }))).resolves.toBe('guild is out of credits');
    await expect(house.request(job(612, { price: 993, guildId: null }))).resolves.toBe('held');
    await expect(wrong()).resolves.toEqual([]);
  });

  it('is blocked everywhere or nowhere', async () => {
    await house.steward.blockPerson('7', userId, true);
    for (const guildId of [actor.guildId, null])
      await expect(house.request(job(620, { guildId }))).resolves.toBe('blocked');
    await house.steward.blockPerson('7', userId, false);
    await expect(house.request(job(620))).resolves.toBe('held');
  });
});
