/**
 * One connection of one shard, which can be left for good without ending its session. discord.js' own way to end a
 * shard closes with 1000, forgets the session, and may come back by itself half a second later.
 */
import { setTimeout as delay } from 'node:timers/promises';
import {
  CloseCodes,
  SimpleShardingStrategy,
  type IIdentifyThrottler,
  type SessionInfo,
  type WebSocketOptions,
} from 'discord.js';

/** @discordjs/ws' manager; discord.js exports another class under its name. */
export type GatewayManager = Parameters<NonNullable<WebSocketOptions['buildStrategy']>>[0];

export interface GatewayLineOptions {
  manager: GatewayManager;
  shard: number;
  /** One for all lines: Discord limits how often a bot identifies, not a shard. */
  throttler: IIdentifyThrottler;
  onSession: (session: SessionInfo | null) => void;
  /** Hears every event; it is to hand them on to the manager. */
  onEvent: (event: string, payload: unknown) => void;
}

/** How long Discord gets to answer our goodbye. */
const goodbyeMs = 1_000;

export class GatewayLine {
  readonly #strategy: SimpleShardingStrategy;
  readonly #shard: number;
  readonly #leaving = new AbortController();
  #waits = false;

  constructor(options: GatewayLineOptions) {
    this.#shard = options.shard;
    this.#strategy = new SimpleShardingStrategy(this.#narrow(options));
  }

  /** It waits for its turn to identify; with many shards this takes minutes. */
  get waits(): boolean {
    return this.#waits;
  }

  /** Resolves when Discord has said READY or RESUMED; rejects when the first attempt fails (others follow). */
  async connect(): Promise<void> {
    await this.#strategy.spawn([this.#shard]);
    if (!this.#leaving.signal.aborted) await this.#strategy.connect();
  }

  send(...payload: Parameters<SimpleShardingStrategy['send']>): Promise<void> {
    return this.#strategy.send(...payload);
  }

  /** When this resolves the socket is closed, with a code that lets the session live on. */
  async leave(): Promise<void> {
    if (this.#leaving.signal.aborted) return;
    this.#leaving.abort();
    const socket = this.#socket();
    // discord.js takes its own listener off; an error would end the process.
    socket?.on('error', () => undefined);
    // Its promise is no use: it never settles when another attempt to end the shard was under way.
    this.#strategy.destroy({ code: CloseCodes.Resuming, reason: 'back soon' }).catch(() => undefined);
    if (socket === undefined || socket.readyState === socket.CLOSED) return;
    if (socket.readyState !== socket.CONNECTING) {
      const closed = new Promise((resolve) => socket.once('close', resolve));
      await Promise.race([closed, delay(goodbyeMs, undefined, { ref: false })]);
    }
    socket.terminate();
  }

  /** The manager as this line may use it. */
  #narrow({ manager, shard, throttler, onSession, onEvent }: GatewayLineOptions): GatewayManager {
    const { signal } = this.#leaving;
    const its = manager.options;
    const options: GatewayManager['options'] = {
      ...its,
      // Every attempt to connect asks this first. A line that was left gets no answer, so it ends there.
      retrieveSessionInfo: () =>
        signal.aborted ? new Promise(() => undefined) : its.retrieveSessionInfo(shard),
      async updateSessionInfo(_shard, session) {
        if (signal.aborted) return;
        await its.updateSessionInfo(shard, session);
        onSession(session);
      },
      buildIdentifyThrottler: () => ({
        waitForIdentify: async (_shard, closed) => {
          this.#waits = true;
          try {
            await throttler.waitForIdentify(shard, AbortSignal.any([closed, signal]));
          } finally {
            this.#waits = false;
          }
        },
      }),
    };
    const emit = (event: string, payload: unknown): void => {
      if (!signal.aborted) onEvent(event, payload);
    };
    return Object.assign(Object.create(manager) as GatewayManager, { options, emit });
  }

  /** Private in @discordjs/ws, which leaves a socket alone that is still connecting. */
  #socket(): Socket | undefined {
    const shards: unknown = Reflect.get(this.#strategy, 'shards');
    const shard: unknown = shards instanceof Map ? shards.get(this.#shard) : undefined;
    const socket: unknown =
      typeof shard === 'object' && shard !== null ? Reflect.get(shard, 'connection') : null;
    return (socket as Socket | null) ?? undefined;
  }
}

/** What of `ws` is used here. */
interface Socket {
  readonly readyState: number;
  readonly CONNECTING: number;
  readonly CLOSED: number;
  on(event: 'error', listener: () => void): unknown;
  once(event: 'close', listener: (code: unknown) => void): unknown;
  terminate(): void;
}
