/**
 * The heartbeat: runs its steps one after another, sleeps for the interval, and starts over. It knows nothing of
 * songs. One pass at a time; a failing step is reported and the others still run. The interval counts from the end of
 * a pass: a slow pass never brings two of them close together.
 */
import type { Clock } from './clock.ts';

export interface TickerOptions {
  clock: Clock;
  steps: readonly { name: string; run(signal: AbortSignal): Promise<void> }[];
  /** Milliseconds from the end of a pass to the next; null: sleep until woken. Asked after each pass. */
  interval: () => number | null;
  onError: (step: string, error: unknown) => void;
}

export class Ticker {
  readonly #options: TickerOptions;
  #stopping = new AbortController();
  #nap = new AbortController();
  #running: Promise<void> | undefined;

  constructor(options: TickerOptions) {
    this.#options = options;
  }

  start(): void {
    this.#running ??= this.#run();
  }

  /** There is something to do again: ends a sleep without an end; an interval is never cut short. */
  wake(): void {
    this.#nap.abort();
  }

  /** Ends after the pass that is under way; the pass's own waits are cut short. */
  async stop(): Promise<void> {
    this.#stopping.abort();
    this.#nap.abort();
    await this.#running;
  }

  async #run(): Promise<void> {
    const { clock, steps, interval, onError } = this.#options;
    const { signal } = this.#stopping;
    while (!signal.aborted) {
      this.#nap = new AbortController();
      for (const step of steps) {
        if (signal.aborted) return;
        try {
          await step.run(signal);
        } catch (error) {
          onError(step.name, error);
        }
      }
      if (interval() === null) await aborted(this.#nap.signal);
      await clock.sleep(interval() ?? 0, signal);
    }
  }
}

function aborted(signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal.aborted) return resolve();
    signal.addEventListener('abort', () => resolve(), { once: true });
  });
}
