/**
 * How discord.js connects its shards (@discordjs/ws calls it a sharding strategy): like its simple one, but sessions
 * outlive the process, and a shard that is stuck can be begun anew.
 *
 * A resumed session says neither who the bot is nor READY, and discord.js waits for both; so the first RESUMED of a
 * shard is preceded by the READY that a former process heard.
 */
import { createHash } from 'node:crypto';
import {
  CloseCodes,
  GatewayDispatchEvents,
  GatewayOpcodes,
  SimpleIdentifyThrottler,
  type GatewaySendPayload,
  type IIdentifyThrottler,
  type IShardingStrategy,
  type SessionInfo,
} from 'discord.js';
import { z } from 'zod';
import type { Logger } from '../services/logger.ts';
import { GatewayLine, type GatewayManager } from './gateway-line.ts';
import type { GatewaySessions } from './gateway-sessions.ts';

const dispatchSchema = z.object({
  data: z.object({
    t: z.string(),
    s: z.int().nonnegative(),
    d: z.object({ id: z.string().optional().catch(undefined) }).catch({}),
  }),
});

export interface GatewayShardsOptions {
  manager: GatewayManager;
  sessions: GatewaySessions;
  /** A session belongs to the Discord that gave it. */
  apiUrl: string;
  log: Logger;
}

export class GatewayShards implements IShardingStrategy {
  readonly #options: GatewayShardsOptions;
  readonly #lines = new Map<number, GatewayLine>();
  /** Settles with a shard's first READY or RESUMED, whichever line brings it. */
  readonly #up = new Map<number, PromiseWithResolvers<void>>();
  /** Shards of which discord.js has seen a READY. */
  readonly #introduced = new Set<number>();
  /** Shards that go on with a former process' session, until they have. */
  readonly #inherited = new Set<number>();
  /**
   * Shards whose session is still a former process'. What it had begun with comes again, and not only before RESUMED:
   * Discord's numbers don't tell the one from the other.
   */
  readonly #takenUp = new Set<number>();
  readonly #throttler: IIdentifyThrottler;

  constructor(options: GatewayShardsOptions) {
    this.#options = options;
    let throttler: Promise<IIdentifyThrottler> | undefined;
    this.#throttler = {
      async waitForIdentify(shard, signal) {
        throttler ??= identifyThrottler(options.manager);
        await (await throttler).waitForIdentify(shard, signal);
      },
    };
  }

  async spawn(shards: number[]): Promise<void> {
    const { manager, sessions } = this.#options;
    const stored = await sessions.load(this.#owner(), shards, await manager.getShardCount());
    for (const session of stored) {
      await manager.options.updateSessionInfo(session.shardId, session);
      this.#inherited.add(session.shardId);
      this.#takenUp.add(session.shardId);
    }
    for (const shard of shards) this.#up.set(shard, Promise.withResolvers());
  }

  async connect(): Promise<void> {
    for (const shard of this.#up.keys()) this.#begin(shard);
    await Promise.all([...this.#up.values()].map(({ promise }) => promise));
  }

  /** Leaves the gateway. Whatever code is asked for, Discord keeps the sessions: the next process wants them. */
  async destroy(): Promise<void> {
    const lines = [...this.#lines.values()];
    this.#lines.clear();
    this.#up.clear();
    await Promise.all(lines.map((line) => line.leave()));
  }

  async send(shard: number, payload: GatewaySendPayload): Promise<void> {
    const line = this.#lines.get(shard);
    if (line === undefined) throw new RangeError(`there is no shard ${shard}`);
    await line.send(shard, payload);
  }

  /** Nobody asks for it: discord.js keeps states of its own. */
  fetchStatus(): never {
    throw new Error('ask the client for the states of its shards');
  }

  /** True: not ready, and rightly so, since it waits for its turn to identify. */
  waits(shard: number): boolean {
    return this.#lines.get(shard)?.waits ?? false;
  }

  /** Connects a shard anew, by its session or as if there had been none. */
  async restart(shard: number, how: 'resume' | 'identify'): Promise<void> {
    const line = this.#lines.get(shard);
    if (line === undefined) return;
    await line.leave();
    // Another restart, or the end, may have come in between.
    if (this.#lines.get(shard) !== line) return;
    this.#options.manager.emit('closed', { code: CloseCodes.Resuming, shardId: shard });
    if (how === 'identify') await this.#forget(shard);
    this.#begin(shard);
  }

  #begin(shard: number): void {
    const { manager, sessions, log } = this.#options;
    const line: GatewayLine = new GatewayLine({
      manager,
      shard,
      throttler: this.#throttler,
      onSession: (session) => sessions.update(shard, session),
      onEvent: (event, payload) => this.#hear(shard, event, payload),
    });
    this.#lines.set(shard, line);
    line.connect().catch((error: unknown) => {
      if (this.#lines.get(shard) !== line) return;
      if (!this.#inherited.has(shard)) this.#up.get(shard)?.reject(error);
      else {
        log.warn({ err: error, shard }, 'a stored gateway session could not be resumed: identifying anew');
        void this.restart(shard, 'identify');
      }
    });
  }

  #hear(shard: number, event: string, payload: unknown): void {
    const { manager, sessions, log } = this.#options;
    const isUp = event === 'ready' || event === 'resumed';
    if (event === 'ready' && typeof payload === 'object' && payload !== null && 'data' in payload) {
      this.#introduced.add(shard);
      sessions.introduce(shard, payload.data);
    }
    if (event === 'resumed' && !this.#introduced.has(shard)) this.#introduce(shard);
    if (event === 'dispatch') this.#note(shard, payload);
    try {
      manager.emit(event, payload);
    } catch (error) {
      // discord.js builds objects from events without a look at them; its throw would end the process.
      log.error({ err: error, shard, event }, 'an event of Discord could not be read');
      const packet = dispatchSchema.safeParse(payload);
      if (packet.success && packet.data.data.d.id !== undefined) sessions.dealtWith(packet.data.data.d.id);
    }
    if (!isUp) return;
    this.#inherited.delete(shard);
    this.#up.get(shard)?.resolve();
  }

  /** Before discord.js has it: an interaction may be dealt with by the time that this returns. */
  #note(shard: number, payload: unknown): void {
    const { sessions } = this.#options;
    const packet = dispatchSchema.safeParse(payload);
    if (!packet.success) return;
    const {
      s: sequence,
      t: type,
      d: { id },
    } = packet.data.data;
    if (type === 'READY') this.#takenUp.delete(shard);
    if (type !== 'INTERACTION_CREATE' || id === undefined) sessions.hears(shard, sequence);
    else sessions.hearsInteraction(shard, id, { sequence, isReplay: this.#takenUp.has(shard) });
  }

  /** Tells discord.js what READY told the process that began this session. */
  #introduce(shard: number): void {
    const { manager, sessions } = this.#options;
    this.#introduced.add(shard);
    const data = { ...sessions.identity(shard), guilds: [] };
    const packet = { op: GatewayOpcodes.Dispatch, t: GatewayDispatchEvents.Ready, s: 0, d: data };
    manager.emit('ready' as string, { data, shardId: shard });
    manager.emit('dispatch' as string, { data: packet, shardId: shard });
  }

  async #forget(shard: number): Promise<void> {
    const nothing: SessionInfo | null = null;
    this.#inherited.delete(shard);
    await this.#options.manager.options.updateSessionInfo(shard, nothing);
    this.#options.sessions.update(shard, nothing);
  }

  /** What must not have changed for a session to be taken up: Discord itself doesn't compare intents. */
  #owner(): string {
    const { token, intents, version } = this.#options.manager.options;
    const all = JSON.stringify([token, intents, version, this.#options.apiUrl]);
    return createHash('sha256').update(all).digest('base64url');
  }
}

async function identifyThrottler(manager: GatewayManager): Promise<IIdentifyThrottler> {
  const { session_start_limit: limit } = await manager.fetchGatewayInformation();
  return new SimpleIdentifyThrottler(limit.max_concurrency);
}
