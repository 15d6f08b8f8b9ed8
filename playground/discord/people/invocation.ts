import { eventually } from '../../eventually.ts';
import type { Acknowledgement, Interaction, ShownModal } from '../interactions/interaction.ts';
import type { EmulatedMessage } from '../model/message.ts';

/** What a person sees of one interaction of theirs. */
export class Invocation {
  readonly id: string;
  /** Rejects when the 3 seconds are over: "the application did not respond". */
  readonly acknowledged: Promise<Acknowledgement>;
  readonly interaction: Interaction;
  readonly #story: () => string;

  constructor(interaction: Interaction, story: () => string) {
    this.interaction = interaction;
    this.id = interaction.id;
    this.acknowledged = interaction.acknowledged;
    this.#story = story;
  }

  /** `@original`, unless it was deleted. */
  response(): EmulatedMessage | undefined {
    const { original } = this.interaction;
    return original?.deleted === true ? undefined : original;
  }

  followUps(): EmulatedMessage[] {
    return this.interaction.followUps.filter((message) => !message.deleted);
  }

  get modal(): ShownModal | undefined {
    return this.interaction.modal;
  }

  get choices(): Array<{ name: string; value: string | number }> | undefined {
    return this.interaction.choices;
  }

  /** Everything that the answers say. */
  text(): string {
    return [this.response(), ...this.followUps()]
      .map((message) => message?.text() ?? '')
      .join('\n')
      .trim();
  }

  /** Waits until the first answer is there and no longer "thinking". */
  async settled(timeoutMs = 15_000): Promise<EmulatedMessage> {
    await this.acknowledged;
    const look = (): EmulatedMessage | undefined => {
      const message = this.response();
      return message?.isLoading === false ? message : undefined;
    };
    return eventually('the answer after a deferral', look, { timeoutMs, onTimeout: this.#story });
  }
}
