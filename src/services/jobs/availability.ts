/**
 * Which actions the song API has said it doesn't serve. Its documentation lists more than it serves, so that is learned
 * by asking: what was refused is hidden for some hours and then tried again by whoever wants it next.
 */
import type { ActionKey, Catalogue } from '../../domain/actions.ts';
import { Refusal } from '../../domain/errors.ts';
import type { Clock } from '../clock.ts';
import type { Logger } from '../logger.ts';
import type { StrictKv } from '../storage/strict-kv.ts';

const hiddenMs = 6 * 3_600_000;

export interface AvailabilityOptions {
  catalogue: Catalogue;
  /** Unix ms until which an action counts as unserved, by its key. */
  kv: Pick<StrictKv<number>, 'get' | 'set' | 'delete'>;
  clock: Clock;
  log: Logger;
}

export class Availability {
  readonly #options: AvailabilityOptions;
  readonly #until = new Map<ActionKey, number>();

  constructor(options: AvailabilityOptions) {
    this.#options = options;
  }

  /** What earlier processes have learned. */
  async load(): Promise<void> {
    const { catalogue, kv } = this.#options;
    for (const key of Object.keys(catalogue) as ActionKey[]) {
      const until = await kv.get(key);
      if (until !== undefined) this.#until.set(key, until);
    }
  }

  /** Whether a button for it makes sense now. */
  isServed(key: ActionKey): boolean {
    const { catalogue, clock } = this.#options;
    return catalogue[key]?.enabled === true && (this.#until.get(key) ?? 0) <= clock.now();
  }

  /** Throws `Refusal` for what isn't served, with the time at which it is tried again. */
  require(key: ActionKey): void {
    if (this.isServed(key)) return;
    const { catalogue } = this.#options;
    const action = catalogue[key];
    const until = action?.enabled ? this.#until.get(key) : undefined;
    throw new Refusal({
      is: 'action-not-served',
      label: action?.label ?? key,
      until: until === undefined ? null : new Date(until),
    });
  }

  /** The song API has just refused it as unserved. */
  async refused(key: ActionKey): Promise<void> {
    const until = this.#options.clock.now() + hiddenMs;
    this.#until.set(key, until);
    await this.#note(() => this.#options.kv.set(key, until, hiddenMs));
  }

  /** It has been accepted: what was learned before is over. */
  async accepted(key: ActionKey): Promise<void> {
    if (this.#until.delete(key)) await this.#note(() => this.#options.kv.delete(key));
  }

  /** What is learned on the way is a convenience: no job ends otherwise because it couldn't be noted. */
  async #note(note: () => Promise<unknown>): Promise<void> {
    try {
      await note();
    } catch (error) {
      this.#options.log.warn({ err: error }, 'what the song API serves could not be noted');
    }
  }
}
