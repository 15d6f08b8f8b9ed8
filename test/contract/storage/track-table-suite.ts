import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { CorruptRow } from '../../../src/domain/errors.ts';
import type { Track } from '../../../src/domain/track.ts';
import type { Storage } from '../../../src/services/storage/database.ts';
import { TrackTable, type Search } from '../../../src/services/storage/track-table.ts';
import type { Engine } from '../../support/engines.ts';
import { job } from '../../support/songs.ts';
import { TestJobTable } from '../../support/test-job-table.ts';
import { alice, garden, track } from '../../support/tracks.ts';

const bob = '300000000000000004';
const yard = '100000000000000002';
const aliceHere = { userId: alice, guildId: garden };
const bobHere = { userId: bob, guildId: garden };
const everything: Search = { whose: 'everything', words: '', actions: null };
const firstPage = { offset: 0, limit: 50 };

export function trackTableSuite(engine: Engine): void {
  let storage: Storage;
  let table: TrackTable;
  const corrupt: CorruptRow[] = [];

  beforeAll(async () => {
    const ignore = (): void => undefined;
    storage = await engine.open({ now: Date.now, onCorrupt: ignore, onError: ignore });
    table = new TrackTable(storage, { onCorrupt: (error) => corrupt.push(error) });
  });
  afterAll(() => storage.close());
  beforeEach(async () => {
    corrupt.length = 0;
    for (const name of ['track', 'favourite', 'track_parent', 'job'] as const)
      await storage.db.deleteFrom(name).execute();
  });

  const shelve = (...tracks: Track[]): Promise<void> => table.add(storage.db, tracks);
  const titles = (tracks: readonly Track[]): string[] => tracks.map(({ title }) => title);
  const found = async (viewer: typeof aliceHere, search: Partial<Search> = {}, page = firstPage) => {
    const { tracks, count } = await table.list(viewer, { ...everything, ...search }, page);
    return [count, ...titles(tracks)];
  };

  describe('a track', () => {
    it('comes back as it was shelved, whatever it holds', async () => {
      const full = track(1, {
        title: `é 🎵 "'; drop table track; --`,
        lyrics: 'la\nla',
        prompt: 'x',
        model: 'FUZZ-2.0',
        seed: '18446744073709551615',
        seconds: 61.25,
        parents: ['tfirst', 'tsecond'],
      });
      await shelve(full);
      await expect(table.find(full.id, aliceHere)).resolves.toEqual(full);
    });

    it('is shelved once a take, however often its job is finished', async () => {
      await shelve(track(1), track(1, { id: 'tsecondtake2', take: 2, title: 'Other take' }));
      await shelve(track(1, { id: 'tagainagain2', title: 'Again' }));
      expect(titles(await table.takesOf(track(1).jobId))).toEqual(['Song 1', 'Other take']);
    });

    it('is shelved even when a stranger made it to break the shelf', async () => {
      const evil = track(1, {
        title: '\0\ufdfa'.repeat(2000),
        style: '\ufdfa'.repeat(5000),
        clipId: 'c'.repeat(4000),
        lyrics: 'a\0b\ud800',
      });
      await shelve(evil);
      const kept = await table.find(evil.id, aliceHere);
      expect(kept?.clipId).toBe('');
      expect(kept?.title).not.toContain('\0');
    });

    it('is as long as was heard, whichever of its takes were', async () => {
      await shelve(track(1), track(1, { id: 'tsecondtake2', take: 2 }), track(2));
      await table.measured(track(1).jobId, [{ take: 2, seconds: 61.25 }]);
      const lengths = [...(await table.takesOf(track(1).jobId)), ...(await table.takesOf(track(2).jobId))];
      expect(lengths.map(({ seconds }) => seconds)).toEqual([125, 61.25, 125]);
    });

    it('that a stranger has damaged spoils only itself', async () => {
      await shelve(track(1), track(2));
      await storage.db.updateTable('track').set({ parents: '{' }).where('id', '=', track(1).id).execute();
      await expect(found(aliceHere)).resolves.toEqual([2, 'Song 2']);
      expect(corrupt.map(({ id }) => id)).toEqual([track(1).id]);
    });
  });

  describe('who sees what', () => {
    beforeEach(() =>
      shelve(
        track(1, { title: 'public here' }),
        track(2, { title: 'private here', private: true }),
        track(3, { title: 'elsewhere', guildId: yard }),
        track(4, { title: 'direct', guildId: null }),
        track(5, { title: "bob's direct", guildId: null, userId: bob }),
        track(6, { title: "bob's private", userId: bob, private: true }),
        track(7, { title: "bob's elsewhere", guildId: yard, userId: bob }),
        track(8, { title: "bob's public", userId: bob }),
      ),
    );

    it('one sees their own everywhere and what is public here, newest first', async () => {
      await expect(found(aliceHere)).resolves.toEqual([
        5,
        "bob's public",
        'direct',
        'elsewhere',
        'private here',
        'public here',
      ]);
      await expect(found(aliceHere, { whose: 'mine' })).resolves.toEqual([
        4,
        'direct',
        'elsewhere',
        'private here',
        'public here',
      ]);
      await expect(found(aliceHere, { whose: 'server' })).resolves.toEqual([
        2,
        "bob's public",
        'public here',
      ]);
    });

    it('in direct messages one sees their own only', async () => {
      await expect(found({ userId: alice, guildId: null } as never)).resolves.toHaveLength(5);
      await expect(found({ userId: alice, guildId: null } as never, { whose: 'server' })).resolves.toEqual([
        0,
      ]);
    });

    it('the same holds for one by its id, for suggestions, takes and what was made from it', async () => {
      for (const hidden of [2, 3, 4]) {
        await expect(table.find(track(hidden).id, bobHere)).resolves.toBeUndefined();
        await expect(table.ofJob(track(hidden).jobId, bobHere)).resolves.toEqual([]);
      }
      const suggested = titles(await table.suggest(bobHere, '', 25));
      expect(suggested).toEqual([
        "bob's public",
        "bob's elsewhere",
        "bob's private",
        "bob's direct",
        'public here',
      ]);
      const root = track(1).id;
      await shelve(
        track(9, { title: 'secret child', parents: [root], private: true }),
        track(10, { title: 'open child', parents: [root] }),
      );
      expect(titles(await table.madeFrom([root], bobHere, 10))).toEqual(['open child']);
      expect(titles(await table.madeFrom([root], aliceHere, 10))).toEqual(['secret child', 'open child']);
    });

    it('a favourite that one may no longer see is not shown', async () => {
      for (const n of [1, 2, 3]) await table.favour(bob, track(n).id, n);
      await expect(found(bobHere, { whose: 'favourites' })).resolves.toEqual([1, 'public here']);
    });
  });

  describe('searching', () => {
    beforeEach(() =>
      shelve(
        track(1, { title: 'Rain on the Harbour', style: 'Jazz, trumpet' }),
        track(2, {
          title: 'Harbour lights',
          style: 'lo-fi',
          prompt: 'ships in the fog',
          action: 'suno/COVER',
          platform: 'suno',
        }),
        track(3, { title: 'ÜBER den Wolken', style: null, prompt: 'a Schlager about rain' }),
        track(4, { title: '雨の歌', style: 'city pop' }),
        track(5, { title: '100% _pure_', style: null }),
      ),
    );

    it.each([
      ['harb', ['Harbour lights', 'Rain on the Harbour']],
      ['HARBOUR rain', ['Rain on the Harbour']],
      ['trumpet jazz', ['Rain on the Harbour']],
      ['über', ['ÜBER den Wolken']],
      ['雨', ['雨の歌']],
      ['rain', ['ÜBER den Wolken', 'Rain on the Harbour']],
      ['fog', ['Harbour lights']],
      ['nowhere', []],
      ['%', ['100% _pure_', '雨の歌', 'ÜBER den Wolken', 'Harbour lights', 'Rain on the Harbour']],
      ["' or 1=1 --", []],
    ])('finds by words, in any order and case: %s', async (typed, expected) => {
      expect(titles(await table.suggest(aliceHere, typed, 25))).toEqual(expected);
      await expect(found(aliceHere, { words: typed })).resolves.toEqual([expected.length, ...expected]);
    });

    it('finds by how it came about', async () => {
      await expect(found(aliceHere, { actions: ['suno/COVER', 'producer/COVER'] })).resolves.toEqual([
        1,
        'Harbour lights',
      ]);
      await expect(found(aliceHere, { actions: [] })).resolves.toEqual([0]);
    });
  });

  describe('pages', () => {
    it('hold every song once, in order, also songs of the same moment', async () => {
      const songs = Array.from({ length: 23 }, (_, n) =>
        track(n, { createdAt: 5000 + (n >> 2), ...(n % 3 === 0 ? { userId: bob } : {}) }),
      );
      await shelve(...songs);
      const seen: string[] = [];
      for (let offset = 0; offset < 30; offset += 5)
        seen.push(
          ...(await table.list(aliceHere, everything, { offset, limit: 5 })).tracks.map(({ id }) => id),
        );
      const expected = songs
        .toSorted((a, b) => b.createdAt - a.createdAt || (a.id < b.id ? -1 : 1))
        .map(({ id }) => id);
      expect(seen).toEqual(expected);
    });
  });

  describe('favourites', () => {
    it('come first while nothing is typed, the newest favourite first of all', async () => {
      await shelve(...[1, 2, 3, 4, 5].map((n) => track(n)));
      await table.favour(alice, track(4).id, 10);
      await table.favour(alice, track(1).id, 20);
      const order = ['Song 1', 'Song 4', 'Song 5', 'Song 3', 'Song 2'];
      expect(titles(await table.suggest(aliceHere, ' ', 25))).toEqual(order);
      expect(titles(await table.suggest(aliceHere, '', 3))).toEqual(order.slice(0, 3));
      expect(titles(await table.suggest(aliceHere, 'song', 2))).toEqual(['Song 5', 'Song 4']);
    });

    it('are set once and taken away, each member their own', async () => {
      await shelve(track(1));
      await expect(table.favour(alice, track(1).id, 1)).resolves.toBe(true);
      await expect(table.favour(alice, track(1).id, 2)).resolves.toBe(false);
      await table.unfavour(bob, track(1).id);
      await expect(found(aliceHere, { whose: 'favourites' })).resolves.toEqual([1, 'Song 1']);
      await table.unfavour(alice, track(1).id);
      await expect(found(aliceHere, { whose: 'favourites' })).resolves.toEqual([0]);
    });

    it('bring a song to the board once, and a private one never', async () => {
      await shelve(track(1), track(2, { private: true }), track(3, { guildId: null }));
      const marks = await Promise.all(Array.from({ length: 5 }, () => table.toBoard(track(1).id, 7)));
      expect(marks.filter(Boolean)).toHaveLength(1);
      await expect(table.toBoard(track(2).id, 7)).resolves.toBe(false);
      await expect(table.toBoard(track(3).id, 7)).resolves.toBe(false);
      await expect(table.toBoard('nowhere', 7)).resolves.toBe(false);
    });
  });

  describe('taking away', () => {
    it('takes the song with whoever liked it; what was made from it stays', async () => {
      await shelve(track(1), track(2, { parents: [track(1).id] }));
      await table.favour(bob, track(1).id, 1);
      await expect(table.remove(track(1).id)).resolves.toBe(true);
      await expect(table.remove(track(1).id)).resolves.toBe(false);
      await expect(found(aliceHere)).resolves.toEqual([1, 'Song 2']);
      await expect(storage.db.selectFrom('favourite').selectAll().execute()).resolves.toEqual([]);
    });

    it('waits for the card: a song that is on its way would be put back', async () => {
      const jobs = new TestJobTable(storage);
      await jobs.write(job(1));
      await shelve(track(1));
      await expect(table.remove(track(1).id)).resolves.toBe(false);
      await jobs.update(job(1).id, (now) => ({ ...now, delivery: 'delivered' }));
      await expect(table.remove(track(1).id)).resolves.toBe(true);
    });
  });
}
