/**
 * `npm run bench:library`: what the library asks of SQLite with 100,000 songs in one server, a fifth of them by the
 * member who asks. Times are this machine's, with everything else that runs on it; what the questions cost in computing is
 * not.
 */
import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { newJobId } from '../../src/domain/ids.ts';
import type { Track } from '../../src/domain/track.ts';
import { openStorage } from '../../src/services/storage/database.ts';
import { TrackTable, type Search } from '../../src/services/storage/track-table.ts';
import { alice, garden, track } from '../support/tracks.ts';

const songs = 100_000;
const rounds = 300;
const batch = 500;
const words =
  'rain harbour midnight summer neon river dust golden winter train letter mirror ocean paper velvet thunder garden silver tokyo ember'.split(
    ' ',
  );
const styles = [
  'lo-fi piano',
  'jazz trumpet',
  'dark techno',
  'city pop',
  'acoustic folk',
  'synthwave, female vocal',
];

const folder = mkdtempSync(join(tmpdir(), 'minstrel-library-'));
const ignore = (): void => undefined;
const storage = await openStorage({
  databaseUrl: undefined,
  dataDir: folder,
  now: Date.now,
  onCorrupt: ignore,
  onError: ignore,
});
const table = new TrackTable(storage, { onCorrupt: ignore });
let seed = 1;
const pick = <T>(list: readonly T[]): T => {
  seed = (seed * 48_271) % 2_147_483_647;
  return list[seed % list.length]!;
};

const song = (n: number): Track =>
  track(n % 900_000, {
    id: newJobId(),
    jobId: newJobId(),
    userId: n % 5 === 0 ? alice : String(300_000_000_000_001_000n + BigInt(n % 500)),
    private: n % 50 === 0,
    title: `${pick(words)} ${pick(words)} ${n}`,
    style: pick(styles),
    prompt: `a song about ${pick(words)} and ${pick(words)}, slow at first, then with the whole band`,
    lyrics: `${words.join(' ')}\n`.repeat(8),
    action: n % 3 === 0 ? 'suno/COVER' : 'producer/MUSIC',
    createdAt: 1_700_000_000_000 + n * 60_000,
  });

const began = performance.now();
const liked: string[] = [];
for (let from = 0; from < songs; from += batch) {
  const tracks = Array.from({ length: batch }, (_, index) => song(from + index));
  await storage.db.transaction().execute((transaction) => table.add(transaction, tracks));
  if (from % 1000 === 0) liked.push(tracks[1]!.id);
}
for (const [at, id] of liked.entries()) await table.favour(alice, id, at);
const seconds = ((performance.now() - began) / 1000).toFixed(1);
const megabytes = Math.round(statSync(join(folder, 'minstrel.sqlite')).size / 1e6);
console.log(`${songs} songs written in ${seconds} s, ${megabytes} MB; ${rounds} questions of each kind\n`);

const here = { userId: alice, guildId: garden };
const search = (more: Partial<Search>): Search => ({
  whose: 'everything',
  words: '',
  actions: null,
  ...more,
});
const list = (more: Partial<Search>, offset = 0) => table.list(here, search(more), { offset, limit: 10 });
/** As it is while one types: more and more of a word. */
const prefix = (): string => {
  const word = pick(words);
  return word.slice(0, 1 + (seed % word.length));
};

await report('autocomplete, nothing typed', 100, () => table.suggest(here, '', 25));
await report('autocomplete, a word being typed', 100, () => table.suggest(here, prefix(), 25));
await report('autocomplete, two words', 100, () => table.suggest(here, `${prefix()} ${prefix()}`, 25));
await report('autocomplete, one song of all', 100, () =>
  table.suggest(here, `${pick(['7', '99'])}${seed % 1000}`, 25),
);
await report('autocomplete, nothing fits', 100, () => table.suggest(here, `zz${prefix()}`, 25));
await report('list, mine', 200, () => list({ whose: 'mine' }));
await report('list, this server', 200, () => list({ whose: 'server' }));
await report('list, this server, last pages', 200, () => list({ whose: 'server' }, 97_000 + (seed % 900)));
await report('list, everything, last pages', 200, () => list({}, 97_000 + (seed % 900)));
await report('list, favourites', 200, () => list({ whose: 'favourites' }));
await report('list, covers by Suno', 200, () => list({ actions: ['suno/COVER'] }));
await report('search, a word', 200, () => list({ words: pick(words) }));
await report('search, two words', 200, () => list({ words: `${pick(words)} ${pick(words)}` }));
await report('search, nothing fits', 200, () => list({ words: 'zzz' }));
await storage.close();
rmSync(folder, { recursive: true });

async function report(name: string, most: number, ask: () => Promise<unknown>): Promise<void> {
  const times: number[] = [];
  const before = process.cpuUsage();
  for (let round = 0; round < rounds; round += 1) {
    const start = performance.now();
    await ask();
    times.push(performance.now() - start);
  }
  const { user, system } = process.cpuUsage(before);
  const computing = `${((user + system) / 1000 / rounds).toFixed(1)} ms`.padStart(8);
  times.sort((a, b) => a - b);
  const at = (share: number): string => `${times[Math.ceil(rounds * share) - 1]!.toFixed(1)} ms`.padStart(9);
  const verdict = times[Math.ceil(rounds * 0.99) - 1]! < most ? 'within' : 'OVER';
  console.log(
    `${name.padEnd(36)} median ${at(0.5)}  p99 ${at(0.99)}  most ${at(1)}  computing ${computing}  ${verdict} ${most} ms`,
  );
}
