import { GatewayIntentBits, type Client } from 'discord.js';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { WebSocket } from 'ws';
import { createDiscord, type BotAccount, type EmulatedDiscord } from '../../playground/discord/discord.ts';
import type { Guild } from '../../playground/discord/guild.ts';
import { shardOf } from '../../playground/discord/model/snowflakes.ts';
import type { Member } from '../../playground/discord/people/member.ts';
import { startClient } from './discord-client.ts';
import { RawApi } from './discord-raw-api.ts';

let discord: EmulatedDiscord;
let bot: BotAccount;
let guild: Guild;
let alice: Member;
let toStop: Array<() => unknown>;

beforeEach(async () => {
  discord = await createDiscord({ heartbeatIntervalMs: 100 });
  bot = discord.addBot();
  guild = discord.guild('Home');
  alice = guild.member('Alice');
  await new RawApi(discord, bot).register(bot);
  toStop = [];
});

afterEach(async () => {
  for (const stop of toStop) await stop();
  await discord.stop();
});

async function start(options: Parameters<typeof startClient>[3] = {}): Promise<Client> {
  const client = await startClient(
    discord,
    bot,
    async (interaction) => {
      if (interaction.isChatInputCommand()) await interaction.reply('here');
    },
    options,
  );
  toStop.push(() => client.destroy());
  return client;
}

/** A bare socket that keeps what it hears. */
class RawGateway {
  readonly heard: Array<{ op: number; t: string | null; s: number | null; d: Record<string, unknown> }> = [];
  readonly closed: Promise<number>;
  readonly #socket: WebSocket;

  constructor(query = 'v=10&encoding=json') {
    this.#socket = new WebSocket(`ws://127.0.0.1:${discord.port}?${query}`);
    this.#socket.on('message', (data) => this.heard.push(JSON.parse((data as Buffer).toString())));
    this.closed = new Promise((resolve) => {
      this.#socket.on('close', (code) => resolve(code));
    });
    toStop.push(() => this.#socket.terminate());
  }

  async hears(event: string): Promise<Record<string, unknown>> {
    const heard = await discord.until(event, () => this.heard.find(({ t }) => t === event));
    return heard.d;
  }

  async send(op: number, d: unknown): Promise<void> {
    await discord.until('hello', () => this.heard.some((payload) => payload.op === 10));
    this.#socket.send(JSON.stringify({ op, d }));
  }

  identify(more: object = {}): Promise<void> {
    return this.send(2, { token: bot.token, intents: 0, properties: {}, ...more });
  }

  /** 1006: gone without a word. */
  close(code: number): void {
    if (code === 1_006) this.#socket.terminate();
    else this.#socket.close(code);
  }
}

describe('discord.js', () => {
  it('is ready without intents, and hears interactions but no guilds', async () => {
    const client = await start();
    expect(client.guilds.cache.get(guild.id)?.available).toBe(false);
    expect((await alice.runs('/song', { prompt: 'x' })).text()).toBe('here');
    expect(discord.gateway.connections()).toBe(1);
  });

  it('gets its guilds with the guilds intent', async () => {
    const channel = guild.channel('music');
    const client = await start({ intents: [GatewayIntentBits.Guilds] });
    expect(client.guilds.cache.get(guild.id)?.name).toBe('Home');
    expect(client.channels.cache.has(channel.id)).toBe(true);
    const other = discord.guild('Other');
    await discord.until('the new guild', () => client.guilds.cache.has(other.id));
    other.removeBot();
    await discord.until('its end', () => !client.guilds.cache.has(other.id));
  });

  it('hears messages with the intent, and reads them with the other', async () => {
    const heard: string[] = [];
    const client = await start({ intents: [GatewayIntentBits.Guilds, GatewayIntentBits.GuildMessages] });
    client.on('messageCreate', (message) => void heard.push(message.content));
    alice.says('secret');
    alice.says(`<@${bot.userId}> hello`);
    await discord.until('two messages', () => heard.length === 2);
    expect(heard).toEqual(['', `<@${bot.userId}> hello`]);
  });

  it.each([
    ['its socket drops', (): void => discord.gateway.dropSockets()],
    ['it is asked to reconnect', (): void => discord.gateway.reconnect()],
    ['its session is invalid but resumable', (): void => discord.gateway.invalidate(true)],
    ['its heartbeats go unanswered', (): void => discord.gateway.silence(true)],
  ])('resumes when %s, and misses nothing', async (_what, disturb) => {
    await start();
    disturb();
    const meanwhile = alice.fires('/song', { prompt: 'x' });
    await discord.until('a resume', () => discord.gateway.resumes > 0);
    discord.gateway.silence(false);
    await meanwhile.acknowledged;
    expect(discord.gateway.identifies).toBe(1);
  });

  it('waits outside while new sockets are turned away', async () => {
    await start();
    discord.gateway.hold(true);
    discord.gateway.dropSockets();
    await discord.until('no connection', () => discord.gateway.connections() === 0);
    discord.gateway.hold(false);
    await discord.until('a connection', () => discord.gateway.connections() === 1);
  });

  it('hears of each guild on its own shard', async () => {
    const guilds = [guild, discord.guild('B'), discord.guild('C')];
    const shards = new Set(guilds.map(({ id }) => shardOf(id, 2)));
    expect(shards.size).toBe(2);
    const client = await start({ shards: [0, 1], shardCount: 2 });
    const heard: number[] = [];
    client.on('interactionCreate', (interaction) => void heard.push(interaction.guild?.shardId ?? -1));
    for (const { id } of guilds) {
      const member = discord.guilds.find((candidate) => candidate.id === id)!.member('M');
      await member.runs('/song', { prompt: 'x' });
    }
    expect(heard).toEqual(guilds.map(({ id }) => shardOf(id, 2)));
  });
});

describe('a session', () => {
  it('is resumed by another process, with everything in between', async () => {
    const first = new RawGateway();
    await first.identify();
    const ready = await first.hears('READY');
    expect(ready).toMatchObject({
      v: 10,
      user: { id: bot.userId },
      guilds: [{ id: guild.id, unavailable: true }],
    });
    first.close(1_006);
    await discord.until('the end', () => discord.gateway.connections() === 0);
    const invocation = alice.fires('/song', { prompt: 'x' });

    const second = new RawGateway();
    await second.send(6, { token: bot.token, session_id: ready['session_id'], seq: 1 });
    expect(await second.hears('INTERACTION_CREATE')).toMatchObject({ id: invocation.id });
    await second.hears('RESUMED');
    expect(second.heard.map(({ s }) => s).filter((s) => s !== null)).toEqual([2, 3]);
    expect(discord.gateway).toMatchObject({ identifies: 1, resumes: 1 });
  });

  it.each([
    ['it said goodbye', 1_000, 1, 0],
    ['it was never there', 1_006, 99, 0],
    ['it took too long', 1_006, 1, 301_000],
  ])('is not resumed when %s', async (_what, code, seq, lateMs) => {
    const first = new RawGateway();
    await first.identify();
    const { session_id } = await first.hears('READY');
    first.close(code);
    await discord.until('the end', () => discord.gateway.connections() === 0);
    discord.advance(lateMs);
    const second = new RawGateway();
    await second.send(6, { token: bot.token, session_id, seq });
    const answer = await discord.until('op 9', () => second.heard.find(({ op }) => op === 9));
    expect(answer.d).toBe(false);
    await second.identify();
    await second.hears('READY');
  });

  it('is not resumed by another bot', async () => {
    const first = new RawGateway();
    await first.identify();
    const { session_id } = await first.hears('READY');
    const second = new RawGateway();
    await second.send(6, { token: discord.addBot().token, session_id, seq: 1 });
    await discord.until('op 9', () => second.heard.find(({ op }) => op === 9));
  });

  it('keeps 500 events and no more', async () => {
    const first = new RawGateway();
    await first.identify({ intents: GatewayIntentBits.GuildMessages });
    const { session_id } = await first.hears('READY');
    first.close(1_006);
    await discord.until('the end', () => discord.gateway.connections() === 0);
    for (let i = 0; i < 501; i += 1) alice.says('x');
    const second = new RawGateway();
    await second.send(6, { token: bot.token, session_id, seq: 1 });
    await discord.until('op 9', () => second.heard.find(({ op }) => op === 9));
  });
});

describe('a socket', () => {
  it('has its heartbeats answered', async () => {
    const gateway = new RawGateway();
    await gateway.send(1, null);
    await discord.until('an ACK', () => gateway.heard.some(({ op }) => op === 11));
  });

  it.each([
    ['a wrong token', 4_004, { token: 'nonsense' }],
    ['a shard that is none', 4_010, { shard: [2, 2] }],
    ['intents that are none', 4_013, { intents: 1 << 30 }],
    ['a payload over 4096 bytes', 4_002, { properties: { os: 'x'.repeat(4_096) } }],
  ])('is closed for %s', async (_what, code, more) => {
    const gateway = new RawGateway();
    await gateway.identify(more);
    expect(await gateway.closed).toBe(code);
  });

  it('is closed for the wrong version, an unknown op, a second identify, and a flood', async () => {
    expect(await new RawGateway('v=9&encoding=json').closed).toBe(4_012);
    const lost = new RawGateway();
    await lost.send(77, {});
    expect(await lost.closed).toBe(4_001);
    const early = new RawGateway();
    await early.send(3, {});
    expect(await early.closed).toBe(4_003);
    const twice = new RawGateway();
    await twice.identify();
    await twice.identify();
    expect(await twice.closed).toBe(4_005);
    const flood = new RawGateway();
    for (let i = 0; i < 121; i += 1) await flood.send(1, null);
    expect(await flood.closed).toBe(4_008);
  });
});
