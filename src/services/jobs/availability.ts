/**
 * Which actions the song API has said it doesn't serve. Its documentation lists more than it serves, so that is learned
 * by asking: what was refused is hidden for a while and then tried again by whoever wants it next.
 *
 * A proxy's page or a 404 of a bad minute looks just the same. So what has been served before takes several in a row,
 * and is hidden for minutes only: otherwise one such page would shut the door on everybody for hours.
 */
import type { ActionKey, Catalogue } from '../../domain/actions.ts';
import { Refusal } from '../../domain/errors.ts';
import type { Clock } from '../clock.ts';
import type { Logger } from '../logger.ts';
import type { StrictKv } from '../storage/strict-kv.ts';

const hiddenMs = { unknown: 6 * 3_600_000, known: 10 * 60_000 };
/** Of what is known to be served, so many refusals in a row are believed. */
const enough = 3;

export interface AvailabilityOptions {
  catalogue: Catalogue;
  /** Unix ms until which an action counts as unserved, by its key; 0: it has been served. */
  kv: Pick<StrictKv<number>, 'get' | 'set'>;
  clock: Clock;
  log: Logger;
}

export class Availability {
  readonly #options: AvailabilityOptions;
  readonly #until = new Map<ActionKey, number>();
  readonly #served = new Set<ActionKey>();
  readonly #refusals = new Map<ActionKey, number>();

  constructor(options: AvailabilityOptions) {
    this.#options = options;
  }

  /** What earlier processes have learned. */
  async load(): Promise<void> {
    const { catalogue, kv } = this.#options;
    for (const key of Object.keys(catalogue) as ActionKey[]) {
      const until = await kv.get(key);
      if (until === 0) this.#served.add(key);
      else if (until !== undefined) this.#until.set(key, until);
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
    const { catalogue, clock, kv } = this.#options;
    const now = clock.now();
    if (this.#served.has(key) || catalogue[key]?.deed === 'song') {
      const inARow = (this.#refusals.get(key) ?? 0) + 1;
      this.#refusals.set(key, inARow);
      if (inARow >= enough) this.#until.set(key, now + hiddenMs.known);
      return;
    }
    const until = now + hiddenMs.unknown;
    this.#until.set(key, until);
    await this.#note(() => kv.set(key, until, hiddenMs.unknown));
  }

  /** It has been accepted: what was learned before is over. */
  async accepted(key: ActionKey): Promise<void> {
    this.#refusals.delete(key);
    this.#until.delete(key);
    if (this.#served.has(key)) return;
    this.#served.add(key);
    await this.#note(() => this.#options.kv.set(key, 0));
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
