import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { Job } from '../../../src/domain/job-record.ts';
import type { Storage } from '../../../src/services/storage/database.ts';
import { MemberTable } from '../../../src/services/storage/member-table.ts';
import { TrackTable } from '../../../src/services/storage/track-table.ts';
import type { Engine } from '../../support/engines.ts';
import { FakeClock } from '../../support/fake-clock.ts';
import { job, song } from '../../support/songs.ts';
import { tillHouse, type House } from '../../support/till-house.ts';
import { alice, garden, track } from '../../support/tracks.ts';

const bob = '300000000000000009';
const secret = 'xylophone of my heart';
const plenty = { credits: 100, period: 'month' } as const;

export function memberTableSuite(engine: Engine): void {
  let storage: Storage;
  let members: MemberTable;
  let tracks: TrackTable;
  let house: House;

  beforeAll(async () => {
    const ignore = (): void => undefined;
    storage = await engine.open({ now: Date.now, onCorrupt: ignore, onError: ignore });
    members = new MemberTable(storage);
    tracks = new TrackTable(storage, { onCorrupt: ignore });
    const clock = new FakeClock();
    house = tillHouse({ storage, clock, byHand: true, defaults: { guild: plenty, user: plenty } });
  });
  afterAll(() => storage.close());
  beforeEach(async () => {
    for (const name of [
      'track',
      'favourite',
      'track_parent',
      'job',
      'ledger_account',
      'ledger_entry',
    ] as const)
      await storage.db.deleteFrom(name).execute();
  });

  /** A song that was asked for, paid for and delivered; and stands in the library. */
  async function delivered(n: number, more: Partial<Job>): Promise<Job> {
    const wish = job(n, { guildId: garden, inputs: { prompt: secret }, subject: secret, price: 2, ...more });
    expect(await house.request(wish)).toBe('held');
    await house.jobs.update(wish.id, (now) => ({
      ...now,
      status: { state: 'succeeded', taskId: `task_${n}`, result: song() },
      delivery: 'delivered',
    }));
    await tracks.add(storage.db, [track(n, { userId: wish.userId, title: secret, prompt: secret })]);
    return wish;
  }

  /** All text in all tables. */
  async function everything(): Promise<string> {
    const { db } = storage;
    const all = ['job', 'track', 'favourite', 'track_parent', 'ledger_account', 'ledger_entry'] as const;
    const rows = await Promise.all(all.map((name) => db.selectFrom(name).selectAll().execute()));
    return JSON.stringify(rows);
  }

  describe('a person', () => {
    it('is shown all that is kept about them, and nothing of others', async () => {
      const mine = await delivered(1, { userId: alice });
      await delivered(2, { userId: bob });
      await tracks.favour(alice, track(2).id, 1_773_385_820_000);
      const kept = await members.keptAbout(alice);
      expect(kept.requests).toEqual([
        expect.objectContaining({ id: mine.id, inputs: { prompt: secret }, state: 'succeeded', price: 2 }),
      ]);
      expect(kept.songs).toEqual([expect.objectContaining({ id: track(1).id, title: secret })]);
      expect(kept.favourites).toEqual([{ song: track(2).id, at: '2026-03-13T07:10:20.000Z' }]);
      expect(kept.accounts).toEqual([expect.objectContaining({ used: { day: 2, week: 2, month: 2 } })]);
      expect(kept.entries.map((entry) => Reflect.get(entry, 'kind'))).toEqual(
        expect.arrayContaining(['hold', 'settle']),
      );
      const text = JSON.stringify(kept);
      expect(text).not.toContain(bob);
      // What reaches a card is a secret, also for its member.
      expect(text).not.toContain(mine.card.token);
    });

    it('nobody knows has nothing', async () => {
      await expect(members.keptAbout('300000000000000008')).resolves.toEqual({
        userId: '300000000000000008',
        requests: [],
        songs: [],
        favourites: [],
        accounts: [],
        entries: [],
      });
    });

    it('is forgotten but for what was spent; others are not', async () => {
      const gone = await delivered(1, { userId: alice });
      const stays = await delivered(2, { userId: bob, inputs: { prompt: 'a drum' }, subject: null });
      await storage.db
        .updateTable('track')
        .set({ title: 'Drum', prompt: null, words: 'drum' })
        .where('job_id', '=', stays.id)
        .execute();
      await tracks.favour(alice, track(2).id, 1);
      await tracks.favour(bob, track(1).id, 1);
      await storage.db
        .updateTable('ledger_account')
        .set({ name: 'Ally' })
        .where('user_id', '=', alice)
        .execute();

      await expect(members.erase(alice)).resolves.toBe(true);
      expect(await everything()).not.toMatch(/xylophone|Ally/);
      await expect(house.jobs.find(gone.id)).resolves.toBeUndefined();
      await expect(house.jobs.find(stays.id)).resolves.toMatchObject({ inputs: { prompt: 'a drum' } });
      await expect(storage.db.selectFrom('favourite').selectAll().execute()).resolves.toEqual([]);
      const { member } = await house.till.standings(storage.db, {
        guildId: garden,
        userId: alice,
        roleIds: [],
      });
      expect(member).toMatchObject({ used: 2, reserved: 0 });
      // Nothing looks at the rows that are left.
      await expect(house.jobs.anythingOpen()).resolves.toBe(false);
      await expect(members.keptAbout(alice)).resolves.toMatchObject({
        requests: [],
        songs: [],
        favourites: [],
      });
      await expect(members.erase(alice)).resolves.toBe(true);
    });

    it('whose song is under way, or has yet to arrive, is not forgotten', async () => {
      const wish = job(1, { guildId: garden, userId: alice, inputs: { prompt: secret } });
      await house.request(wish);
      await expect(members.erase(alice)).resolves.toBe(false);
      await house.jobs.update(wish.id, (now) => ({
        ...now,
        status: { state: 'succeeded', taskId: 't', result: song() },
        delivery: 'pending',
      }));
      await expect(members.erase(alice)).resolves.toBe(false);
      await expect(house.jobs.find(wish.id)).resolves.toMatchObject({ inputs: { prompt: secret } });
      // Another's song is nobody's hindrance.
      await expect(members.erase(bob)).resolves.toBe(true);
    });
  });
}
