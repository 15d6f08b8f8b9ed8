import { EventEmitter } from 'node:events';
import { spawnBot, type BotChild } from '../bot/bot-child.ts';
import type { BotState } from './news.ts';

const keptLines = 300;

/** The bot's process, as often as it is killed and started again over the same data. */
export class BotLife extends EventEmitter<{ changed: [BotState]; line: [string] }> {
  /** The newest lines of its log. */
  readonly log: string[] = [];
  readonly #environment: Readonly<Record<string, string>>;
  #child: BotChild | undefined;
  #is: BotState['is'] = 'dead';
  #starts = 0;

  constructor(environment: Readonly<Record<string, string>>) {
    super();
    this.#environment = environment;
  }

  get state(): BotState {
    return { is: this.#is, pid: this.#child?.pid ?? null, starts: this.#starts };
  }

  /** Does nothing while it lives. */
  start(): void {
    if (this.#child !== undefined) return;
    this.#starts += 1;
    const child = spawnBot(new URL('../bot/bot-main.ts', import.meta.url), this.#environment, (line) =>
      this.#hear(line),
    );
    this.#child = child;
    this.#become('starting');
    void child.ready.then((isReady) => {
      if (isReady && this.#child === child) this.#become('running');
    });
    void child.ended.then(() => {
      if (this.#child !== child) return;
      this.#child = undefined;
      this.#become('dead');
    });
  }

  /** SIGKILL: nothing is closed, nothing is said. */
  async kill(): Promise<void> {
    await this.#child?.kill();
  }

  /** SIGTERM, as an operator does it. */
  async end(): Promise<void> {
    await this.#child?.stop();
  }

  #hear(line: string): void {
    this.log.push(line);
    if (this.log.length > keptLines) this.log.shift();
    this.emit('line', line);
  }

  #become(is: BotState['is']): void {
    this.#is = is;
    this.emit('changed', this.state);
  }
}
