import { describe, expect, it, onTestFinished } from 'vitest';
import { createDiscord, type EmulatedDiscord } from '../../playground/discord/discord.ts';
import type { Rig } from '../../playground/rig.ts';
import { createClient, type DiscordClient } from '../../src/events/discord-client.ts';
import { GatewaySessions } from '../../src/events/gateway-sessions.ts';
import { registerCommands } from '../../src/events/register-commands.ts';
import { Watchdog } from '../../src/events/watchdog.ts';
import { systemClock } from '../../src/services/clock.ts';
import { songIn } from '../support/cards.ts';
import { gatewayProxy } from '../support/gateway-proxy.ts';
import { quickRig } from '../support/quick-rig.ts';
import { listeningLog } from '../support/quiet.ts';

interface Bot extends DiscordClient {
  discord: EmulatedDiscord;
  login: () => Promise<unknown>;
  heard: string[];
}

/** The client alone, with two shards of two, and with nothing stored. */
async function twoShards(): Promise<Bot> {
  const discord = await createDiscord();
  onTestFinished(() => discord.stop());
  const { token } = discord.addBot();
  const { log } = listeningLog();
  const heard: string[] = [];
  const nothing = { get: async () => undefined, set: async () => undefined, delete: async () => false };
  const bot = createClient({
    apiUrl: discord.apiUrl,
    shards: { first: 0, last: 1, total: 2 },
    sessions: new GatewaySessions({ kv: nothing, clock: systemClock, log }),
    log,
    async onInteraction(interaction) {
      heard.push(interaction.id);
      if (interaction.isChatInputCommand()) await interaction.reply('here');
    },
  });
  onTestFinished(() => bot.close());
  bot.client.rest.setToken(token);
  await registerCommands(
    bot.client.rest,
    [
      {
        definition: { name: 'ping', description: 'x' },
        plan: () => ({ answer: 'private' as const, run: async () => undefined }),
      },
    ],
    log,
  );
  return { ...bot, discord, heard, login: () => bot.client.login(token) };
}

/** Shard 0 is away when shard 1, the last one, becomes ready; then it resumes. */
async function meetsIssue10485({ discord, client, login }: Bot): Promise<void> {
  const { gateway } = discord;
  const seen: string[] = [];
  client.on('shardReady', (shard) => void seen.push(`${shard} ready`));
  client.on('shardReconnecting', (shard) => void seen.push(`${shard} away`));
  client.on('shardResume', (shard) => void seen.push(`${shard} resumed`));
  gateway.stall(1);
  const loggedIn = login();
  await discord.until('shard 0 is ready', () => seen.includes('0 ready'));
  gateway.hold(true);
  gateway.dropSockets(0);
  await discord.until('shard 0 is away', () => seen.includes('0 away'));
  gateway.release(1);
  await discord.until('shard 1 is ready', () => seen.includes('1 ready'));
  expect(client.isReady()).toBe(false);
  gateway.hold(false);
  await discord.until('shard 0 has resumed', () => seen.includes('0 resumed'));
  await loggedIn;
}

const stuckLines = (rig: Rig): Record<string, unknown>[] =>
  rig.log
    .map((line) => JSON.parse(line) as Record<string, unknown>)
    .filter(({ msg }) => msg === 'a gateway shard is stuck: it is begun anew');

describe('a shard that reconnects while the last one becomes ready (discordjs 10485)', () => {
  it('does not keep the client from being ready, nor members from their answers', async () => {
    const bot = await twoShards();
    await meetsIssue10485(bot);
    await bot.discord.until('the client is ready', () => bot.client.isReady());
    const invocation = await bot.discord.guild('Garden').member('alice').runs('/ping');
    expect(bot.heard).toEqual([invocation.id]);
    expect([...bot.shards().values()]).toEqual(['ready', 'ready']);
    expect(bot.discord.gateway).toMatchObject({ identifies: 2, resumes: 1 });
  });

  it('is noticed by the watchdog should the remedy ever fail', async () => {
    const bot = await twoShards();
    const remedies = bot.client.listeners('shardResume');
    expect(remedies).toHaveLength(1);
    bot.client.removeAllListeners('shardResume');
    await meetsIssue10485(bot);
    expect(bot.client.isReady()).toBe(false);
    expect([...bot.shards().values()]).toEqual(['unready', 'unready']);
    const { log } = listeningLog();
    const { shards, restart } = bot;
    const times = { clock: systemClock, limitMs: 300, lookEveryMs: 25 };
    const watchdog = new Watchdog({ ...times, log, shards, restart });
    watchdog.start();
    onTestFinished(() => watchdog.stop());
    await bot.discord.until('the client is ready', () => bot.client.isReady());
    await bot.discord.guild('Garden').member('alice').runs('/ping');
  });
});

describe('a RESUME that Discord does not answer', () => {
  it('is tried again, then given up for a new session', async () => {
    const rig = await quickRig({ seams: { gatewayPatienceMs: 300 } });
    const { discord } = rig;
    discord.gateway.stall(0);
    discord.gateway.dropSockets();
    await discord.until('two attempts', () => stuckLines(rig).length >= 2);
    expect(stuckLines(rig).map(({ how }) => how)).toEqual(['resume', 'identify']);
    discord.gateway.release(0);
    const channel = discord.guild('Garden').channel('songs');
    await discord.until('a new session', () => discord.gateway.identifies === 2);
    await discord.guilds[0]!.member('alice').in(channel).runs('/song', { prompt: 'awake again' });
    await songIn(discord, channel);
    expect(discord.gateway.connections()).toBe(1);
  });

  it('does not keep the bot from starting', async () => {
    const rig = await quickRig({ seams: { gatewayPatienceMs: 300 } });
    const { discord } = rig;
    await rig.app.stop();
    discord.gateway.stall(0);
    const started = rig.restart();
    await discord.until('two attempts', () => stuckLines(rig).length >= 2);
    discord.gateway.release(0);
    await started;
    const invocation = await discord.guild('Garden').member('alice').runs('/help');
    await invocation.settled();
    expect(discord.gateway.identifies).toBe(2);
  });
});

describe('a shard that waits for its turn to identify', () => {
  it('is not stuck, and does not hold up a stop', async () => {
    const bot = await twoShards();
    bot.discord.gateway.maxConcurrency = 1;
    bot.login().catch(() => undefined);
    const states = (): string[] => [...bot.shards().values()].toSorted();
    await bot.discord.until('one waits for the other', () => states().join() === 'ready,waits');
    expect(bot.discord.gateway.identifies).toBe(1);
    await bot.close();
    await bot.discord.until('no connection', () => bot.discord.gateway.connections() === 0);
    expect(bot.discord.gateway.identifies).toBe(1);
  });
});

describe('a stop', () => {
  it('ends a connection that is being made', async () => {
    const bot = await twoShards();
    const proxy = await gatewayProxy(bot.discord.port);
    bot.discord.gateway.url = proxy.url;
    proxy.freeze();
    bot.login().catch(() => undefined);
    await bot.discord.until('two sockets', () => proxy.open() === 2);
    await bot.close();
    await bot.discord.until('no socket', () => proxy.open() === 0);
  });

  it('ends a connection whose other end is gone', async () => {
    const bot = await twoShards();
    const proxy = await gatewayProxy(bot.discord.port);
    bot.discord.gateway.url = proxy.url;
    await bot.login();
    await bot.discord.until('the client is ready', () => bot.client.isReady());
    proxy.freeze();
    await bot.close();
    await bot.discord.until('no socket', () => proxy.open() === 0);
  });
});
