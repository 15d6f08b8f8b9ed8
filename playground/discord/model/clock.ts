/** Discord's clock: real time (or the given source) plus whatever a test has moved it forward by. */
export class Clock {
  readonly #source: () => number;
  #offsetMs = 0;
  #onAdvance: Array<() => void> = [];

  constructor(source: () => number) {
    this.#source = source;
  }

  /** Milliseconds since 1970. */
  now(): number {
    return this.#source() + this.#offsetMs;
  }

  advance(ms: number): void {
    this.#offsetMs += ms;
    for (const listener of this.#onAdvance) listener();
  }

  onAdvance(listener: () => void): void {
    this.#onAdvance.push(listener);
  }
}
