/**
 * `npm run bench`: what a song costs in requests, edits, bytes and memory, counted at the emulators in one run. Counts
 * are exact; times are this machine's and mean something only beside each other.
 */
import { openRig } from '../../playground/rig.ts';

const songs = 50;
const guilds = 10;
/** Upstream's own time for a song and the bot's tick, at a fifth of the real ones (57 s, 5 s). */
const [songMs, tickMs] = [11_400, 1_000];

const rig = await openRig({
  songApi: { songMs: [songMs, songMs], pollerMs: 3_000, songSeconds: 20 },
  environment: { POLL_INTERVAL_MS: String(tickMs), LOG_LEVEL: 'warn' },
  seams: { progressEveryMs: 600 },
});
const { discord, songApi } = rig;
const idle = process.memoryUsage().rss;
const channels = Array.from({ length: guilds }, (_, index) =>
  discord.guild(`Guild ${index}`).channel('songs'),
);
const invocations = channels.flatMap((channel) =>
  Array.from({ length: songs / guilds }, (_, index) => {
    const guild = discord.guilds.find(({ id }) => id === channel.guildId);
    return guild!.member(`member ${index}`).in(channel).fires('/song', { prompt: 'the bench song' });
  }),
);
let peak = idle;
const watch = setInterval(() => {
  peak = Math.max(peak, process.memoryUsage().rss);
}, 100);
const acknowledged = await Promise.all(invocations.map((invocation) => invocation.acknowledged));
const cards = await discord.until(
  'all songs',
  () => {
    const done = channels.flatMap((channel) => channel.cards()).filter((card) => card.attachments.length > 0);
    return done.length === songs && done;
  },
  120_000,
);
clearInterval(watch);

const finished = [...songApi.journal.media()]
  .filter(({ path }) => path.includes('/clips/'))
  .map(({ at }) => at);
const delivered = cards.map((card) => card.editedAt ?? 0);
const first = Math.min(...songApi.journal.submits().map(({ at }) => at));
const perSong = (count: number): string => (count / songs).toFixed(2);
const requests = discord.journal.count(({ path }) => /\/(interactions|webhooks|channels)\//.test(path));
const waits = acknowledged.map(({ afterMs }) => afterMs).toSorted((a, b) => a - b);
const rows: [string, string][] = [
  ['songs', String(songs)],
  [
    'song API requests a song (submit + batches)',
    perSong(songApi.journal.submits().length + songApi.journal.batches().length),
  ],
  ['  asking for each song alone would be', perSong(songs + songApi.journal.batches().length * songs)],
  ['batch requests', String(songApi.journal.batches().length)],
  ['Discord requests a song', perSong(requests)],
  ['  refused / rate limited', `${discord.violations.length} / ${discord.rateLimited}`],
  ['first answer, median and slowest', `${waits[songs / 2]} ms, ${waits.at(-1)} ms`],
  ['download to delivered, all songs', `${Math.max(...delivered) - Math.min(...finished)} ms`],
  ['whole run against the song alone', `${((Math.max(...delivered) - first) / songMs).toFixed(2)} x`],
  ['memory of bot and emulators, idle to peak', `${mb(idle)} to ${mb(peak)}`],
];
const width = Math.max(...rows.map(([name]) => name.length));
console.log(rows.map(([name, value]) => `${name.padEnd(width)}  ${value}`).join('\n'));
await rig.stop();

function mb(bytes: number): string {
  return `${Math.round(bytes / 1e6)} MB`;
}
