/** The largest result there is, through the real bot as an operator starts it: what its memory does meanwhile. */
import { readdirSync, readFileSync } from 'node:fs';
import { expect, it, onTestFinished } from 'vitest';
import { botEnvironment } from '../../playground/bot/bot-environment.ts';
import { spawnBot } from '../../playground/bot/bot-child.ts';
import { createDiscord } from '../../playground/discord/discord.ts';
import type { EmulatedMessage } from '../../playground/discord/model/message.ts';
import { createSongApi } from '../../playground/song-api/song-api.ts';
import { songIn } from '../support/cards.ts';
import { tempDir } from '../support/temp-dir.ts';

const MB = 1_000_000;
const main = new URL('../../playground/bot/bot-main.ts', import.meta.url);

it.skipIf(process.platform !== 'linux')(
  '300 MB of stems, and 100 MB in one zip, leave memory under 200 MB above its idle size',
  { timeout: 120_000 },
  async () => {
    const discord = await createDiscord({ uploadLimitBytes: 100 * MB });
    onTestFinished(() => discord.stop());
    const songApi = await createSongApi({ enabled: 'all', songMs: [50, 100], pollerMs: 50, songSeconds: 2 });
    onTestFinished(() => songApi.stop());
    const bot = spawnBot(main, {
      ...botEnvironment(discord.addBot({ name: 'Minstrel' }), discord, songApi, tempDir()),
      POLL_INTERVAL_MS: '100',
      // What doesn't fit is linked: encoding it would take minutes.
      FFMPEG_PATH: '/nowhere/ffmpeg',
    });
    onTestFinished(async () => void (await bot.kill()));
    expect(await bot.ready).toBe(true);
    const start = residentOf(bot.pid ?? 0);

    const guild = discord.guild('Garden');
    const channel = guild.channel('songs');
    const alice = guild.member('alice').in(channel);
    await alice.runs('/song', { prompt: 'harbour lights', title: 'Harbour' });
    const song = await songIn(discord, channel);
    const seen = new Set([song.id]);
    const memory = watch(bot.pid ?? 0);
    const stems = async (bytes: number): Promise<EmulatedMessage> => {
      songApi.next({ largeStems: { count: 12, bytes } });
      await alice.clicks('Stems', song);
      const isNew = (card: EmulatedMessage): boolean => !seen.has(card.id) && card.attachments.length > 0;
      const card = await discord.until('the stems', () => channel.cards().find(isNew), 60_000);
      seen.add(card.id);
      return card;
    };
    // The most that Discord takes from a bot is 100 MB, in the servers with most boosts.
    const some = await stems(25 * MB);
    const { most: mostOfLarge } = memory.soFar();
    const all = await stems(8 * MB);
    const { idle, most } = memory.stop();

    expect(sizesOf(some)).toEqual([25, 25, 25, 0]);
    expect(some.attachments.at(-1)?.bytes().toString().match(/^http/gm)).toHaveLength(9);
    expect(all.attachments.map(({ filename }) => filename)).toEqual(['Harbour.zip']);
    expect(sizesOf(all)).toEqual([96]);
    const figures = [start, idle, mostOfLarge, most].map((bytes) => Math.round(bytes / MB));
    process.stdout.write(
      `    MB at the start, after a song, with 300 MB, with a zip: ${figures.join(', ')}\n`,
    );
    expect(most - idle).toBeLessThan(200 * MB);
    expect(discord.violations).toEqual([]);
  },
);

const sizesOf = ({ attachments }: EmulatedMessage): number[] =>
  attachments.map(({ size }) => Math.round(size / MB));

interface Watch {
  soFar: () => { idle: number; most: number };
  stop: () => { idle: number; most: number };
}

/** From now on, in bytes. */
function watch(pid: number): Watch {
  const idle = residentOf(pid);
  let most = idle;
  const look = (): void => void (most = Math.max(most, residentOf(pid)));
  const looking = setInterval(look, 50);
  const soFar = (): { idle: number; most: number } => {
    look();
    return { idle, most };
  };
  return {
    soFar,
    stop() {
      clearInterval(looking);
      return soFar();
    },
  };
}

/** Of a process and all that it has started; what several of them share, such as Node's own code, counts once. */
function residentOf(pid: number): number {
  return treeOf(pid).reduce((sum, each) => sum + shareOf(each), 0);
}

function treeOf(pid: number): number[] {
  const threads = unlessEnded(() => readdirSync(`/proc/${pid}/task`)) ?? [];
  const children = threads.flatMap((thread) => {
    const list = unlessEnded(() => readFileSync(`/proc/${pid}/task/${thread}/children`, 'utf8')) ?? '';
    return list.split(' ').filter((each) => each !== '');
  });
  return [pid, ...children.flatMap((child) => treeOf(Number(child)))];
}

function shareOf(pid: number): number {
  const rollup = unlessEnded(() => readFileSync(`/proc/${pid}/smaps_rollup`, 'utf8')) ?? '';
  return Number(/^Pss:\s+(\d+)/m.exec(rollup)?.[1] ?? 0) * 1024;
}

function unlessEnded<T>(read: () => T): T | undefined {
  try {
    return read();
  } catch {
    return undefined;
  }
}
