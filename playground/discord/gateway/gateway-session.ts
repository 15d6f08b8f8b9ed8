import { randomBytes } from 'node:crypto';
import { GatewayIntentBits, GatewayOpcodes } from 'discord-api-types/v10';
import type { WebSocket } from 'ws';
import type { Bot } from '../model/bot.ts';
import { isRecord } from '../rest/schema-judge.ts';
import { shardOf } from '../model/snowflakes.ts';

const REPLAYED = 500;

/** What a bot hears on one shard; it outlives its sockets. */
export class GatewaySession {
  readonly id = randomBytes(16).toString('hex');
  readonly bot: Bot;
  readonly shard: readonly [number, number];
  readonly intents: number;
  socket: WebSocket | undefined;
  /** Since when it has had no socket, in ms since 1970. */
  lostAt: number | undefined;
  #sequence = 0;
  #sent: Array<{ sequence: number; text: string }> = [];

  constructor(bot: Bot, shard: readonly [number, number], intents: number, socket: WebSocket) {
    this.bot = bot;
    this.shard = shard;
    this.intents = intents;
    this.socket = socket;
  }

  hears(bot: Bot, to: { guildId?: string | undefined; intent?: number }): boolean {
    const isOurs = this.bot === bot && shardOf(to.guildId, this.shard[1]) === this.shard[0];
    return isOurs && (to.intent === undefined || (this.intents & to.intent) !== 0);
  }

  /** Sends an event now, or keeps it for a resume. */
  send(event: string, data: unknown): void {
    this.#sequence += 1;
    const d = event.startsWith('MESSAGE_') ? this.#discreet(data) : data;
    const text = JSON.stringify({ op: GatewayOpcodes.Dispatch, t: event, s: this.#sequence, d });
    this.#sent.push({ sequence: this.#sequence, text });
    if (this.#sent.length > REPLAYED) this.#sent.shift();
    this.socket?.send(text);
  }

  /** True where everything after `sequence` is still there. */
  canReplayFrom(sequence: number): boolean {
    const oldest = this.#sent[0]?.sequence ?? this.#sequence + 1;
    return sequence <= this.#sequence && sequence >= oldest - 1;
  }

  replayFrom(sequence: number, socket: WebSocket): void {
    this.socket?.close(4_000, 'Resumed elsewhere');
    this.socket = socket;
    this.lostAt = undefined;
    for (const event of this.#sent) if (event.sequence > sequence) socket.send(event.text);
    this.send('RESUMED', { _trace: [] });
  }

  /** Without the message-content intent a bot reads only its own messages, direct ones and those that mention it. */
  #discreet(data: unknown): unknown {
    if (!isRecord(data) || data['guild_id'] === undefined || data['content'] === undefined) return data;
    const { author, mentions } = data;
    const mayRead =
      (this.intents & GatewayIntentBits.MessageContent) !== 0 ||
      [author, ...(Array.isArray(mentions) ? mentions : [])].some(
        (user) => isRecord(user) && user['id'] === this.bot.user.id,
      );
    return mayRead ? data : { ...data, content: '', embeds: [], attachments: [], components: [] };
  }
}
