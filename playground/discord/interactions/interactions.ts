import type { Ground } from '../model/ground.ts';
import { Interaction, type Acknowledgement, type InteractionOrigin } from './interaction.ts';
import { interactionPayload } from './interaction-payload.ts';
import { refusals } from '../rest/refused.ts';

export interface InteractionTimes {
  /** The first answer is due within this: 3 s. */
  ackDeadlineMs: number;
  /** Edits and follow-ups are possible for this long: 15 min. */
  tokenLifeMs: number;
}

/** All interactions, their deadlines and their tokens. */
export class Interactions {
  readonly #ground: Ground;
  readonly #times: InteractionTimes;
  readonly #byToken = new Map<string, Interaction>();
  readonly #waiting = new Map<Interaction, NodeJS.Timeout>();

  constructor(ground: Ground, times: InteractionTimes) {
    this.#ground = ground;
    this.#times = times;
    ground.clock.onAdvance(() => this.#failOverdue());
  }

  /** Sends an interaction to the bot; `data` is what is particular to its kind. */
  open(origin: Omit<InteractionOrigin, 'id' | 'createdAt'>, data: unknown): Interaction {
    const { clock, events, snowflakes } = this.#ground;
    const interaction = new Interaction({ ...origin, id: snowflakes.next(), createdAt: clock.now() });
    this.#forgetOld();
    this.#byToken.set(interaction.token, interaction);
    this.#waiting.set(
      interaction,
      setTimeout(() => this.#fail(interaction, this.#late()), this.#times.ackDeadlineMs),
    );
    const { id, kind } = interaction;
    const { bot, what, person, channel } = interaction.origin;
    events.tell('interaction-created', {
      interactionId: id,
      kind,
      what,
      userId: person.user.id,
      channelId: channel.id,
    });
    const payload = interactionPayload(this.#ground, interaction, data);
    this.#ground.dispatch(bot, 'INTERACTION_CREATE', payload, { guildId: channel.guildId });
    return interaction;
  }

  /** The interaction that a callback may still answer. */
  waiting(id: string, token: string): Interaction {
    const interaction = this.#byToken.get(token);
    if (interaction === undefined || interaction.id !== id) throw refusals.unknownInteraction();
    if (interaction.answer !== undefined) throw refusals.alreadyAcknowledged();
    if (interaction.failed || this.#ageOf(interaction) > this.#times.ackDeadlineMs)
      throw refusals.unknownInteraction();
    return interaction;
  }

  /** The interaction whose token still opens its webhook. */
  answered(applicationId: string, token: string): Interaction {
    const interaction = this.#byToken.get(token);
    if (interaction === undefined || interaction.origin.bot.applicationId !== applicationId)
      throw refusals.unknownWebhook();
    if (interaction.tokenExpired || this.#ageOf(interaction) > this.#times.tokenLifeMs)
      throw refusals.deadToken();
    if (interaction.answer === undefined) throw refusals.unknownWebhook();
    return interaction;
  }

  idOf(token: string): string | undefined {
    return this.#byToken.get(token)?.id;
  }

  acknowledge(interaction: Interaction, callbackType: number): void {
    clearTimeout(this.#waiting.get(interaction));
    this.#waiting.delete(interaction);
    const answer: Acknowledgement = { type: callbackType, afterMs: this.#ageOf(interaction) };
    interaction.acknowledge(answer);
    this.#ground.events.tell('interaction-acknowledged', {
      interactionId: interaction.id,
      callbackType,
      afterMs: answer.afterMs,
    });
  }

  /** As if 15 minutes had passed for every interaction there is, and for nothing else. */
  expireTokens(): void {
    for (const interaction of this.#byToken.values()) interaction.tokenExpired = true;
  }

  stop(): void {
    for (const interaction of this.#waiting.keys())
      this.#fail(interaction, 'the emulated Discord was stopped');
  }

  #ageOf(interaction: Interaction): number {
    return this.#ground.clock.now() - interaction.origin.createdAt;
  }

  #late(): string {
    return `the application did not respond within ${this.#times.ackDeadlineMs} ms`;
  }

  #fail(interaction: Interaction, why: string): void {
    clearTimeout(this.#waiting.get(interaction));
    this.#waiting.delete(interaction);
    const { what, person, channel } = interaction.origin;
    interaction.fail(`${what}: ${why}`);
    this.#ground.events.tell('interaction-failed', {
      interactionId: interaction.id,
      userId: person.user.id,
      channelId: channel.id,
    });
  }

  #failOverdue(): void {
    for (const interaction of this.#waiting.keys())
      if (this.#ageOf(interaction) > this.#times.ackDeadlineMs) this.#fail(interaction, this.#late());
  }

  /** An expired token must still be recognised as such, for a while. */
  #forgetOld(): void {
    for (const [token, interaction] of this.#byToken) {
      if (this.#ageOf(interaction) < 2 * this.#times.tokenLifeMs) return;
      this.#byToken.delete(token);
    }
  }
}
