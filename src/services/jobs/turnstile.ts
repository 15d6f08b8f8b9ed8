/**
 * The way in for requests: of one server one after another (they would wait for its account anyway), of all servers a
 * few. So a rush in one server keeps neither the songs under way from the database nor other servers from their turn.
 */
import pLimit, { type LimitFunction } from 'p-limit';
import { Refusal } from '../../domain/errors.ts';
import type { Clock } from '../clock.ts';

export interface TurnstileOptions {
  clock: Clock;
  /** Requests under way, of all servers; fewer than the database has connections. */
  atOnce?: number;
  /** Milliseconds; far inside the 15 minutes in which Discord takes the answer. */
  longestWaitMs?: number;
}

export class Turnstile {
  readonly #clock: Clock;
  readonly #all: LimitFunction;
  readonly #longestWaitMs: number;
  readonly #lines = new Map<string, { go: LimitFunction; length: number }>();

  constructor({ clock, atOnce = 4, longestWaitMs = 20_000 }: TurnstileOptions) {
    this.#clock = clock;
    this.#all = pLimit(atOnce);
    this.#longestWaitMs = longestWaitMs;
  }

  /** Does `work` when its turn comes. Throws `Refusal` when that takes too long; then `work` is never begun. */
  async pass<T>(server: string, work: () => Promise<T>): Promise<T> {
    const begun = new AbortController();
    let gaveUp = false;
    const line = this.#lines.get(server) ?? { go: pLimit(1), length: 0 };
    this.#lines.set(server, line);
    line.length += 1;
    const passed = line
      .go(() =>
        this.#all(() => {
          if (gaveUp) throw new Refusal({ is: 'rush' });
          begun.abort();
          return work();
        }),
      )
      .finally(() => {
        line.length -= 1;
        if (line.length === 0) this.#lines.delete(server);
      });
    const patience = this.#clock.sleep(this.#longestWaitMs, begun.signal).then(() => {
      if (begun.signal.aborted) return passed;
      gaveUp = true;
      throw new Refusal({ is: 'rush' });
    });
    return Promise.race([passed, patience]);
  }
}
