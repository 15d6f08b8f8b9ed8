/**
 * How far a session's events have been dealt with, not only received: an interaction counts as heard once something
 * is written down of it, or its member was told. A process that dies before leaves it to the next one, to which
 * Discord repeats everything after the number that was written down.
 */
export interface Interaction {
  sequence: number;
  /** Heard in a session that a former process has begun: that one may have begun with this, too. */
  isReplay: boolean;
}

interface UnderWay extends Interaction {
  since: number;
}

/** Nothing can be said to its member any more (Discord's tokens live so long): nobody waits for it. */
const givenUpMs = 15 * 60_000;

export class Heard {
  readonly #now: () => number;
  readonly #underWay = new Map<string, UnderWay>();
  #last: number | undefined;

  constructor(now: () => number) {
    this.#now = now;
  }

  event(sequence: number): void {
    this.#last = Math.max(this.#last ?? 0, sequence);
  }

  interaction(id: string, interaction: Interaction): void {
    this.event(interaction.sequence);
    this.#underWay.set(id, { ...interaction, since: this.#now() });
  }

  isReplay(id: string): boolean {
    return this.#underWay.get(id)?.isReplay ?? false;
  }

  /** True: it was under way until now. */
  dealtWith(id: string): boolean {
    return this.#underWay.delete(id);
  }

  /** What may be written down as heard, where discord.js has received so much. */
  upTo(received: number): number {
    const since = this.#now() - givenUpMs;
    const open = [...this.#underWay.values()].filter((one) => one.since > since);
    return Math.min(received, this.#last ?? received, ...open.map(({ sequence }) => sequence - 1));
  }
}
