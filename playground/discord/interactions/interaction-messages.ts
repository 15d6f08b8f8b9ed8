import { MessageFlags } from 'discord-api-types/v10';
import { composeMessage } from '../messages/compose-message.ts';
import { INTERACTION_TYPE, type Interaction } from './interaction.ts';
import type { EmulatedMessage } from '../model/message.ts';
import type { MessageForm, UploadedFile } from '../messages/message-form.ts';
import type { World } from '../world.ts';

/** Puts an interaction's answers into its channel. */
export class InteractionMessages {
  readonly #world: World;

  constructor(world: World) {
    this.#world = world;
  }

  post(interaction: Interaction, form: MessageForm, files: UploadedFile[]): EmulatedMessage {
    return this.#post(interaction, form.flags ?? 0, (message) =>
      composeMessage(this.#world, message, form, files),
    );
  }

  postLoading(interaction: Interaction, flags: number): EmulatedMessage {
    return this.#post(interaction, flags, (message) => {
      message.flags |= MessageFlags.Loading;
    });
  }

  /** Changes an answer; what fills in a deferred one is not an edit. */
  change(interaction: Interaction, message: EmulatedMessage, form: MessageForm, files: UploadedFile[]): void {
    const wasLoading = message.isLoading;
    const change = (): void => {
      message.flags &= ~MessageFlags.Loading;
      composeMessage(this.#world, message, form, files);
    };
    interaction.origin.channel.edit(message, change, !wasLoading);
  }

  #post(
    interaction: Interaction,
    flags: number,
    compose: (message: EmulatedMessage) => void,
  ): EmulatedMessage {
    const { bot, person, channel } = interaction.origin;
    const isEphemeral = (flags & MessageFlags.Ephemeral) !== 0;
    const about = {
      applicationId: bot.applicationId,
      cause: causeOf(interaction),
      ephemeralFor: isEphemeral ? person.user.id : undefined,
    };
    return channel.post(bot.user, about, (message) => {
      if (isEphemeral) message.flags |= MessageFlags.Ephemeral;
      compose(message);
    });
  }
}

/** `interaction_metadata`: https://discord.com/developers/docs/resources/message#message-interaction-metadata-object */
function causeOf(interaction: Interaction): Record<string, unknown> {
  const { person, channel, message, target, triggeredBy } = interaction.origin;
  return {
    id: interaction.id,
    type: INTERACTION_TYPE[interaction.kind],
    user: person.user.wire(),
    authorizing_integration_owners: { 0: channel.guildId ?? '0' },
    ...(interaction.kind === 'component' && message !== undefined
      ? { interacted_message_id: message.id }
      : {}),
    ...(target === undefined
      ? {}
      : 'user' in target
        ? { target_user: target.user.wire() }
        : { target_message_id: target.messageId }),
    ...(triggeredBy === undefined ? {} : { triggering_interaction_metadata: causeOf(triggeredBy) }),
  };
}
