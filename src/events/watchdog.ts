/**
 * Begins shards anew that don't get ready by themselves: discord.js waits without an end where Discord doesn't
 * answer a RESUME, and gives a shard up after some close codes. First by the session, then without it, then ever
 * more seldom: a bot may identify a thousand times a day.
 */
import type { Clock } from '../services/clock.ts';
import type { Logger } from '../services/logger.ts';

export interface WatchdogOptions {
  clock: Clock;
  log: Logger;
  /** Milliseconds that a shard may be unready; doubled with each restart that didn't help, up to 16 times. */
  limitMs: number;
  lookEveryMs: number;
  /** `waits`: unready for a good reason, which doesn't count. */
  shards: () => ReadonlyMap<number, 'ready' | 'waits' | 'unready'>;
  restart: (shard: number, how: 'resume' | 'identify') => Promise<void>;
}

const mostDoublings = 4;

export class Watchdog {
  readonly #options: WatchdogOptions;
  readonly #stopping = new AbortController();
  /** Unready shards: since when, on the clock, and how often begun anew. */
  readonly #unready = new Map<number, { since: number; restarts: number }>();
  #running: Promise<void> | undefined;

  constructor(options: WatchdogOptions) {
    this.#options = options;
  }

  start(): void {
    this.#running ??= this.#run();
  }

  async stop(): Promise<void> {
    this.#stopping.abort();
    await this.#running;
  }

  async #run(): Promise<void> {
    const { clock, lookEveryMs } = this.#options;
    const { signal } = this.#stopping;
    while (!signal.aborted) {
      for (const [shard, state] of this.#options.shards()) this.#look(shard, state);
      await clock.sleep(lookEveryMs, signal);
    }
  }

  #look(shard: number, state: 'ready' | 'waits' | 'unready'): void {
    const { clock, limitMs, restart, log } = this.#options;
    const now = clock.now();
    if (state === 'ready') {
      this.#unready.delete(shard);
      return;
    }
    const { since, restarts } = this.#unready.get(shard) ?? { since: now, restarts: 0 };
    const isDue = now - since >= limitMs * 2 ** Math.min(restarts, mostDoublings);
    if (state === 'waits' || !isDue) {
      this.#unready.set(shard, { since: state === 'waits' ? now : since, restarts });
      return;
    }
    this.#unready.set(shard, { since: now, restarts: restarts + 1 });
    const how = restarts === 0 ? 'resume' : 'identify';
    log.warn({ shard, how, unreadyMs: now - since }, 'a gateway shard is stuck: it is begun anew');
    restart(shard, how).catch((error: unknown) =>
      log.error({ err: error, shard }, 'a stuck gateway shard could not be begun anew'),
    );
  }
}
