/**
 * 100,000 songs in one server, on SQLite. What is asserted is computing time, this process's own: how long one waits
 * depends on what else the machine does, and is in `npm run bench:library`.
 */
import { sql } from 'kysely';
import { describe, expect, it, onTestFinished } from 'vitest';
import { openStorage } from '../../../src/services/storage/database.ts';
import { TrackTable, type Search } from '../../../src/services/storage/track-table.ts';
import { tempDir } from '../../support/temp-dir.ts';
import { alice, garden, track } from '../../support/tracks.ts';

const songs = 100_000;
const rounds = 7;
const here = { userId: alice, guildId: garden };
const everything: Search = { whose: 'everything', words: '', actions: null };

async function largeLibrary() {
  const ignore = (): void => undefined;
  const storage = await openStorage({
    databaseUrl: undefined,
    dataDir: tempDir(),
    now: Date.now,
    onCorrupt: ignore,
    onError: ignore,
  });
  onTestFinished(() => storage.close());
  const table = new TrackTable(storage, { onCorrupt: ignore });
  await table.add(storage.db, [
    track(0, { title: 'Rain on the harbour 0', lyrics: 'la la la\n'.repeat(100) }),
  ]);
  // The same song over and over, each under a number of its own, four of five by others.
  const columns = await sql<{ name: string }>`select name from pragma_table_info('track')`.execute(
    storage.db,
  );
  const changed: Record<string, string> = {
    id: "printf('t%011d', n.i)",
    job_id: "printf('j%011d', n.i)",
    user_id: "case when n.i % 5 = 0 then track.user_id else '9' || (n.i % 500) end",
    title: "'Rain on the harbour ' || n.i",
    words: "'rain on the harbour ' || n.i || ' warm acoustic pop'",
    action: "case when n.i % 3 = 0 then 'suno/COVER' else track.action end",
    private: 'n.i % 50 = 0',
    created_at: 'track.created_at + n.i * 1000',
  };
  const names = columns.rows.map(({ name }) => name);
  await sql`
    with recursive n(i) as (select 1 union all select i + 1 from n where i < ${sql.lit(songs - 1)})
    insert into track (${sql.raw(names.join(', '))})
    select ${sql.raw(names.map((name) => changed[name] ?? `track.${name}`).join(', '))} from n, track
  `.execute(storage.db);
  return { storage, table };
}

/** Milliseconds of computing, the median of some rounds. */
async function cost(ask: () => Promise<unknown>): Promise<number> {
  const times: number[] = [];
  for (let round = 0; round < rounds; round += 1) {
    const before = process.cpuUsage();
    await ask();
    const { user, system } = process.cpuUsage(before);
    times.push((user + system) / 1000);
  }
  return times.toSorted((a, b) => a - b)[rounds >> 1] ?? Infinity;
}

describe('100,000 songs', () => {
  it('are suggested, listed and searched in time', { timeout: 120_000 }, async () => {
    const { storage, table } = await largeLibrary();
    const list = (more: Partial<Search>, offset = 0) =>
      table.list(here, { ...everything, ...more }, { offset, limit: 10 });
    expect((await list({})).count).toBeGreaterThan(98_000);
    expect((await list({ words: 'harbour 99998' })).count).toBe(1);
    expect((await table.suggest(here, '777', 25)).length).toBe(25);

    const suggesting = {
      nothing: await cost(() => table.suggest(here, '', 25)),
      'part of a word': await cost(() => table.suggest(here, 'harb', 25)),
      'one of all': await cost(() => table.suggest(here, '99998', 25)),
      'what nothing fits': await cost(() => table.suggest(here, 'zzz', 25)),
    };
    const listing = {
      mine: await cost(() => list({ whose: 'mine' })),
      server: await cost(() => list({ whose: 'server' })),
      'last page': await cost(() => list({ whose: 'server' }, 97_000)),
      covers: await cost(() => list({ actions: ['suno/COVER'] })),
      'a word': await cost(() => list({ words: 'rain' })),
      'two words': await cost(() => list({ words: 'acoustic harbour' })),
      'what nothing fits': await cost(() => list({ words: 'zzz' })),
    };
    const over = (times: Record<string, number>, most: number) =>
      Object.entries(times).filter(([, ms]) => ms >= most);
    // What begins at the newest song and stops at the page's end costs next to nothing beside reading them all.
    const readAll = await cost(() =>
      storage.db
        .selectFrom('track')
        .select(sql`sum(length(lyrics))`.as('all'))
        .execute(),
    );
    expect(over({ ...suggesting, 'one of all': 0, 'what nothing fits': 0 }, readAll / 5)).toEqual([]);
    expect(listing.mine).toBeLessThan(readAll / 2);
    expect(over(suggesting, 100)).toEqual([]);
    expect(over(listing, 200)).toEqual([]);
  });
});
