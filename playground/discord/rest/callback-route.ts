import * as spec from 'discord-api-spec/zod';
import { InteractionResponseType as Kind, MessageFlags } from 'discord-api-types/v10';
import { checkSizes, composeMessage } from '../messages/compose-message.ts';
import type { LooseComponent } from '../messages/component-tree.ts';
import { INTERACTION_TYPE, type Interaction, type InteractionKind } from '../interactions/interaction.ts';
import type { InteractionMessages } from '../interactions/interaction-messages.ts';
import { uploadLimit } from '../interactions/interaction-payload.ts';
import type { EmulatedMessage } from '../model/message.ts';
import type { MessageForm } from '../messages/message-form.ts';
import { checkMessage, type MessagePlace } from '../messages/message-rules.ts';
import { checkModal } from '../messages/modal-rules.ts';
import { invalidForm, problem, Refused } from './refused.ts';
import type { Call, Reply, Route } from './route.ts';
import { isRecord } from './schema-judge.ts';
import type { World } from '../world.ts';
import { isAbsent } from './is-absent.ts';

interface CallbackForm {
  type: Kind;
  data?: (MessageForm & ModalForm & { choices?: Array<{ name: string; value: string | number }> }) | null;
}

interface ModalForm {
  custom_id?: string;
  title?: string;
  components?: LooseComponent[] | null;
}

/** Which answers fit which interaction: "Interaction Callback Type" in Discord's documentation. */
const FITTING: Record<InteractionKind, Kind[]> = {
  command: [Kind.ChannelMessageWithSource, Kind.DeferredChannelMessageWithSource, Kind.Modal],
  component: [
    Kind.ChannelMessageWithSource,
    Kind.DeferredChannelMessageWithSource,
    Kind.DeferredMessageUpdate,
    Kind.UpdateMessage,
    Kind.Modal,
  ],
  autocomplete: [Kind.ApplicationCommandAutocompleteResult],
  modal: [
    Kind.ChannelMessageWithSource,
    Kind.DeferredChannelMessageWithSource,
    Kind.DeferredMessageUpdate,
    Kind.UpdateMessage,
  ],
};

const SCHEMAS: Record<number, spec.SpecSchema> = {
  [Kind.Pong]: spec.PongInteractionCallbackRequestSchema,
  [Kind.ChannelMessageWithSource]: spec.CreateMessageInteractionCallbackRequestSchema,
  [Kind.DeferredChannelMessageWithSource]: spec.CreateMessageInteractionCallbackRequestSchema,
  [Kind.DeferredMessageUpdate]: spec.UpdateMessageInteractionCallbackRequestSchema,
  [Kind.UpdateMessage]: spec.UpdateMessageInteractionCallbackRequestSchema,
  [Kind.ApplicationCommandAutocompleteResult]: spec.ApplicationCommandAutocompleteCallbackRequestSchema,
  [Kind.Modal]: spec.ModalInteractionCallbackRequestSchema,
  [Kind.LaunchActivity]: spec.LaunchActivityInteractionCallbackRequestSchema,
};

/** The first answer to an interaction. */
export function callbackRoute(world: World, messages: InteractionMessages): Route {
  return {
    method: 'POST',
    path: '/interactions/:interaction_id/:interaction_token/callback',
    auth: 'path',
    schema: (body) => {
      const schema = isRecord(body) ? SCHEMAS[Number(body['type'])] : undefined;
      if (schema === undefined)
        throw invalidForm([problem(['type'], 'BASE_TYPE_CHOICES', 'Not an interaction callback type.')]);
      return schema;
    },
    handle: (call) => {
      const interaction = world.interactions.waiting(
        call.param('interaction_id'),
        call.param('interaction_token'),
      );
      const form = call.body as CallbackForm;
      checkFit(interaction, form);
      answer(world, messages, interaction, form, call);
      world.interactions.acknowledge(interaction, form.type);
      return call.query.get('with_response') === 'true'
        ? { status: 200, body: callbackResponse(interaction, form.type) }
        : { status: 204 };
    },
  };
}

function checkFit(interaction: Interaction, { type }: CallbackForm): void {
  const updates = type === Kind.UpdateMessage || type === Kind.DeferredMessageUpdate;
  const fits =
    FITTING[interaction.kind].includes(type) && !(updates && interaction.origin.message === undefined);
  if (!fits)
    throw invalidForm([
      problem(
        ['type'],
        'INTERACTION_CALLBACK_TYPE',
        `A callback of type ${type} doesn't answer a ${interaction.kind} interaction.`,
      ),
    ]);
}

function answer(
  world: World,
  messages: InteractionMessages,
  interaction: Interaction,
  form: CallbackForm,
  call: Call,
): void {
  const { person, channel, message } = interaction.origin;
  const data = form.data ?? {};
  switch (form.type) {
    case Kind.ChannelMessageWithSource:
      checkData(data, call, 'response');
      checkSizes(call.files, uploadLimit(world, interaction));
      interaction.original = messages.post(interaction, data, call.files);
      return;
    case Kind.DeferredChannelMessageWithSource:
      checkDeferral(data);
      interaction.original = messages.postLoading(interaction, data.flags ?? 0);
      return;
    case Kind.DeferredMessageUpdate:
      interaction.original = message;
      return;
    case Kind.UpdateMessage:
      checkData(data, call, 'edit', message);
      checkSizes(call.files, uploadLimit(world, interaction));
      interaction.original = message;
      if (message !== undefined)
        channel.edit(message, () => composeMessage(world, message, data, call.files), true);
      return;
    case Kind.ApplicationCommandAutocompleteResult:
      interaction.choices = data.choices ?? [];
      return;
    case Kind.Modal: {
      checkModal(data.components ?? []);
      const modal = {
        title: data.title ?? '',
        customId: data.custom_id ?? '',
        components: data.components ?? [],
      };
      interaction.modal = modal;
      world.modals.set(person.user.id, interaction);
      world.events.tell('modal-shown', { interactionId: interaction.id, userId: person.user.id, modal });
      return;
    }
    default:
      throw new Error(`A callback of type ${form.type} got past checkFit`);
  }
}

/** A message inside a callback: its problems are told from the top of the body. */
function checkData(data: MessageForm, call: Call, place: MessagePlace, current?: EmulatedMessage): void {
  try {
    checkMessage(data, call.files, place, current);
  } catch (error) {
    throw error instanceof Refused ? error.within('data') : error;
  }
}

/** "… is thinking" says nothing yet: it may be private, and that is all. */
function checkDeferral(data: MessageForm): void {
  const { flags, ...rest } = data;
  const said = Object.entries(rest)
    .filter(([, value]) => !isAbsent(value) && value !== false)
    .map(([key]) => key);
  if (said.length > 0)
    throw invalidForm(
      said.map((key) =>
        problem(['data', key], 'DEFERRED_RESPONSE', 'A deferred response carries no message.'),
      ),
    );
  if (((flags ?? 0) & ~MessageFlags.Ephemeral) !== 0)
    throw invalidForm([
      problem(['data', 'flags'], 'DEFERRED_RESPONSE', 'A deferred response may only be EPHEMERAL.'),
    ]);
}

/** https://discord.com/developers/docs/interactions/receiving-and-responding#interaction-callback-interaction-callback-response-object */
function callbackResponse(interaction: Interaction, type: Kind): Reply['body'] {
  const { original, origin } = interaction;
  const guildId = origin.channel.guildId;
  const shown =
    original === undefined
      ? {}
      : {
          response_message_id: original.id,
          response_message_loading: original.isLoading,
          response_message_ephemeral: original.ephemeralFor !== undefined,
        };
  const about = {
    id: interaction.id,
    type: INTERACTION_TYPE[interaction.kind],
    channel_id: origin.channel.id,
  };
  const hasMessage = original !== undefined && type !== Kind.DeferredMessageUpdate;
  return {
    interaction: { ...about, ...(guildId === undefined ? {} : { guild_id: guildId }), ...shown },
    ...(hasMessage ? { resource: { type, message: original.wire() } } : {}),
  };
}
