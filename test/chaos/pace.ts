import { setTimeout as sleep } from 'node:timers/promises';

/** A start takes no longer than this in a plan's time, however long it takes. */
export const longestStartMs = 400;

/**
 * The time of a plan: the wall's, but it stands still where the bot takes long to start. So a slow machine meets the
 * same storm: as much of it finds a bot that runs.
 */
export class Pace {
  #passed = 0;
  #since = performance.now();
  #halted = false;

  /** From here on it counts. */
  begin(): void {
    this.#passed = 0;
    this.#since = performance.now();
  }

  /** The bot starts. */
  halt(): void {
    this.#passed = this.now();
    this.#since = performance.now();
    this.#halted = true;
  }

  /** The bot has started, or has died in it. */
  go(): void {
    this.#passed = this.now();
    this.#since = performance.now();
    this.#halted = false;
  }

  /** In ms. */
  now(): number {
    const since = performance.now() - this.#since;
    return this.#passed + (this.#halted ? Math.min(since, longestStartMs) : since);
  }

  async reaches(at: number): Promise<void> {
    for (let left = at - this.now(); left > 0; left = at - this.now()) await sleep(Math.min(left + 1, 100));
  }
}
