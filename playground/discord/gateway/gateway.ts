import type { IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import { GatewayCloseCodes as Code, GatewayIntentBits } from 'discord-api-types/v10';
import { WebSocketServer, type WebSocket } from 'ws';
import type { Bot } from '../model/bot.ts';
import { GatewayConnection } from './gateway-connection.ts';
import { GatewaySession } from './gateway-session.ts';
import type { Guild } from '../guild.ts';
import { shardOf } from '../model/snowflakes.ts';
import type { World } from '../world.ts';

const VERSION = '10';
/** Discord says "a few minutes". */
const SESSION_LIFE_MS = 5 * 60_000;
const MAX_GUILDS_PER_SHARD = 2_500;
const IDENTIFIES_PER_DAY = 1_000;
const DAY_MS = 86_400_000;
const ALL_INTENTS = Object.values(GatewayIntentBits)
  .filter((bit) => typeof bit === 'number')
  .reduce((all, bit) => all | bit, 0);

/** The websocket side, with what can go wrong there. */
export class Gateway {
  /** Sessions begun and sessions taken up again. */
  identifies = 0;
  resumes = 0;
  /** How many shards may identify within 5 s; what is told, not enforced. */
  maxConcurrency = 16;
  url = '';
  readonly #world: World;
  readonly #heartbeatIntervalMs: number;
  readonly #server = new WebSocketServer({ noServer: true });
  readonly #connections = new Map<WebSocket, GatewayConnection>();
  readonly #sessions = new Map<string, GatewaySession>();
  readonly #stalled = new Map<number, Array<() => void>>();
  #identifiedAt: number[] = [];
  #isSilent = false;
  #isHeld = false;

  constructor(world: World, heartbeatIntervalMs: number) {
    this.#world = world;
    this.#heartbeatIntervalMs = heartbeatIntervalMs;
    world.dispatch = (bot, event, data, to) => {
      for (const session of this.#sessions.values()) if (session.hears(bot, to)) session.send(event, data);
    };
  }

  /** Ends every socket (or a shard's) without a word, as a broken network does. */
  dropSockets(shard?: number): void {
    for (const socket of this.#connections.keys())
      if (shard === undefined || this.#shardOn(socket) === shard) socket.terminate();
  }

  /** From now on IDENTIFY and RESUME of this shard wait for an answer; heartbeats don't. */
  stall(shard: number): void {
    this.#stalled.set(shard, []);
  }

  /** Answers what waited, where somebody still listens, and what comes. */
  release(shard: number): void {
    const waiting = this.#stalled.get(shard) ?? [];
    this.#stalled.delete(shard);
    for (const answer of waiting) answer();
  }

  /** Op 7: please come back on another socket. */
  reconnect(): void {
    for (const connection of this.#connections.values()) connection.reconnect();
  }

  /** Op 9; unless it is resumable, all sessions are forgotten. */
  invalidate(isResumable: boolean): void {
    if (!isResumable) this.#sessions.clear();
    for (const connection of this.#connections.values()) connection.invalidate(isResumable);
  }

  /** No heartbeat is answered while this is on. */
  silence(on: boolean): void {
    this.#isSilent = on;
  }

  /** New sockets are turned away while this is on. */
  hold(on: boolean): void {
    this.#isHeld = on;
  }

  /** Open sockets. */
  connections(): number {
    return this.#connections.size;
  }

  /** Sessions that hear events, or could still be resumed. */
  sessions(): number {
    return this.#sessions.size;
  }

  startLimit(): object {
    const used = this.#identifiedAt.filter((at) => at > this.#world.clock.now() - DAY_MS).length;
    const remaining = Math.max(0, IDENTIFIES_PER_DAY - used);
    return {
      total: IDENTIFIES_PER_DAY,
      remaining,
      reset_after: DAY_MS,
      max_concurrency: this.maxConcurrency,
    };
  }

  upgrade(request: IncomingMessage, socket: Duplex, head: Buffer): void {
    if (this.#isHeld) return void socket.end('HTTP/1.1 503 Service Unavailable\r\nConnection: close\r\n\r\n');
    this.#server.handleUpgrade(request, socket, head, (client) => {
      const query = new URL(request.url ?? '/', 'ws://gateway').searchParams;
      if (query.get('v') !== VERSION) return client.close(Code.InvalidAPIVersion, 'Invalid API version');
      this.#open(client);
    });
  }

  stop(): void {
    this.dropSockets();
    this.#server.close();
  }

  #open(socket: WebSocket): void {
    const connection = new GatewayConnection(socket, {
      heartbeatIntervalMs: this.#heartbeatIntervalMs,
      isSilent: () => this.#isSilent,
      now: () => this.#world.clock.now(),
      identify: (data) =>
        this.#inTurn(socket, shardPair(data['shard'])?.[0], () => this.#identify(socket, data)),
      resume: (data) =>
        this.#inTurn(socket, this.#sessions.get(String(data['session_id']))?.shard[0], () =>
          this.#resume(socket, connection, data),
        ),
    });
    this.#connections.set(socket, connection);
    this.#world.events.tell('gateway', { what: 'connected' });
    socket.on('close', (code) => this.#closed(socket, code));
  }

  #inTurn(socket: WebSocket, shard: number | undefined, answer: () => void): void {
    const waiting = shard === undefined ? undefined : this.#stalled.get(shard);
    if (waiting === undefined) answer();
    else waiting.push(() => void (this.#connections.has(socket) && answer()));
  }

  #shardOn(socket: WebSocket): number | undefined {
    return [...this.#sessions.values()].find((session) => session.socket === socket)?.shard[0];
  }

  #closed(socket: WebSocket, code: number): void {
    this.#connections.delete(socket);
    this.#world.events.tell('gateway', { what: 'closed', code });
    for (const session of this.#sessions.values()) {
      if (session.socket !== socket) continue;
      session.socket = undefined;
      session.lostAt = this.#world.clock.now();
      // A client that says goodbye properly does not come back.
      if (code === 1_000 || code === 1_001) this.#sessions.delete(session.id);
    }
  }

  #identify(socket: WebSocket, data: Record<string, unknown>): void {
    const bot = this.#world.botByToken(String(data['token']).replace(/^Bot /, ''));
    const shard = shardPair(data['shard']);
    const intents = Number(data['intents']);
    if (bot === undefined) return socket.close(Code.AuthenticationFailed, 'Authentication failed.');
    if (shard === undefined) return socket.close(Code.InvalidShard, 'Invalid shard');
    if (!Number.isInteger(intents) || (intents & ~ALL_INTENTS) !== 0)
      return socket.close(Code.InvalidIntents, 'Invalid intent(s)');
    const guilds = this.#guildsOf(bot, shard);
    if (guilds.length > MAX_GUILDS_PER_SHARD) return socket.close(Code.ShardingRequired, 'Sharding required');
    const session = new GatewaySession(bot, shard, intents, socket);
    this.#sessions.set(session.id, session);
    this.identifies += 1;
    this.#identifiedAt.push(this.#world.clock.now());
    session.send('READY', this.#ready(session, guilds));
    if ((intents & GatewayIntentBits.Guilds) !== 0)
      for (const guild of guilds) session.send('GUILD_CREATE', guild.wire(bot));
    this.#world.events.tell('gateway', { what: 'identified' });
  }

  #resume(socket: WebSocket, connection: GatewayConnection, data: Record<string, unknown>): void {
    const session = this.#sessions.get(String(data['session_id']));
    const bot = this.#world.botByToken(String(data['token']).replace(/^Bot /, ''));
    const sequence = Number(data['seq']);
    const isOver =
      session?.lostAt !== undefined && session.lostAt + SESSION_LIFE_MS < this.#world.clock.now();
    if (bot === undefined) return socket.close(Code.AuthenticationFailed, 'Authentication failed.');
    if (session === undefined || session.bot !== bot || isOver || !session.canReplayFrom(sequence))
      return connection.invalidate(false);
    session.replayFrom(sequence, socket);
    this.resumes += 1;
    this.#world.events.tell('gateway', { what: 'resumed' });
  }

  #guildsOf(bot: Bot, [index, count]: readonly [number, number]): Guild[] {
    return this.#world.guildsOf(bot).filter((guild) => shardOf(guild.id, count) === index);
  }

  #ready({ id, bot, shard }: GatewaySession, guilds: Guild[]): Record<string, unknown> {
    return {
      v: Number(VERSION),
      user: { ...bot.user.wire(), mfa_enabled: false, verified: true, email: null },
      // Guilds come as unavailable; GUILD_CREATE follows for those who asked for it.
      guilds: guilds.map((guild) => ({ id: guild.id, unavailable: true })),
      session_id: id,
      session_type: 'normal',
      resume_gateway_url: this.url,
      shard,
      application: { id: bot.applicationId, flags: 0 },
      private_channels: [],
      relationships: [],
      presences: [],
      user_settings: {},
      geo_ordered_rtc_regions: [],
      guild_join_requests: [],
      _trace: [],
    };
  }
}

function shardPair(value: unknown): readonly [number, number] | undefined {
  if (value === undefined) return [0, 1];
  if (!Array.isArray(value) || value.length !== 2) return undefined;
  const [index, count] = value as unknown[];
  if (typeof index !== 'number' || typeof count !== 'number') return undefined;
  return Number.isInteger(index) && Number.isInteger(count) && index >= 0 && index < count
    ? [index, count]
    : undefined;
}
