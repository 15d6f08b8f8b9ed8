import * as spec from 'discord-api-spec/zod';
import { checkSizes } from '../messages/compose-message.ts';
import type { Interaction } from '../interactions/interaction.ts';
import type { InteractionMessages } from '../interactions/interaction-messages.ts';
import { uploadLimit } from '../interactions/interaction-payload.ts';
import type { EmulatedMessage } from '../model/message.ts';
import type { MessageForm } from '../messages/message-form.ts';
import { checkMessage } from '../messages/message-rules.ts';
import { LIMITS } from './rate-limits.ts';
import { refusals } from './refused.ts';
import type { Call, Reply, Route } from './route.ts';
import type { World } from '../world.ts';

/** Everything after the first answer, opened by the interaction's token. */
export function webhookRoutes(world: World, messages: InteractionMessages): Route[] {
  const at = (path: string): string => `/webhooks/:webhook_id/:webhook_token${path}`;
  const opened = (call: Call): Interaction => {
    const interaction = world.interactions.answered(call.param('webhook_id'), call.param('webhook_token'));
    if (interaction.origin.channel.deleted) throw refusals.unknownChannel();
    return interaction;
  };

  const followUp = (call: Call): Reply => {
    const interaction = opened(call);
    const form = call.body as MessageForm;
    const { original } = interaction;
    // Documented, and deprecated: the first follow-up of a deferral fills in the deferral.
    const fills = original?.isLoading === true && !original.deleted;
    checkMessage(form, call.files, 'follow-up');
    checkSizes(call.files, uploadLimit(world, interaction));
    if (fills) {
      messages.change(interaction, original, form, call.files);
      return { status: 200, body: original.wire() };
    }
    const message = messages.post(interaction, form, call.files);
    interaction.followUps.push(message);
    return { status: 200, body: message.wire() };
  };

  const onMessage = (
    find: (interaction: Interaction, call: Call) => EmulatedMessage | undefined,
  ): Route[] => {
    const path = at(find === originalOf ? '/messages/@original' : '/messages/:message_id');
    const found = (call: Call): { interaction: Interaction; message: EmulatedMessage } => {
      const interaction = opened(call);
      const message = find(interaction, call);
      if (message === undefined || message.deleted) throw refusals.unknownMessage();
      return { interaction, message };
    };
    return [
      {
        method: 'GET',
        path,
        auth: 'path',
        limit: LIMITS.ordinary,
        handle: (call) => ({ status: 200, body: found(call).message.wire() }),
      },
      {
        method: 'PATCH',
        path,
        auth: 'path',
        limit: LIMITS.webhook,
        schema: spec.IncomingWebhookUpdateRequestPartialSchema,
        handle: (call) => {
          const { interaction, message } = found(call);
          const form = call.body as MessageForm;
          checkMessage(form, call.files, 'edit', message);
          checkSizes(call.files, uploadLimit(world, interaction));
          messages.change(interaction, message, form, call.files);
          return { status: 200, body: message.wire() };
        },
      },
      {
        method: 'DELETE',
        path,
        auth: 'path',
        limit: LIMITS.webhook,
        handle: (call) => {
          found(call).message.delete();
          return { status: 204 };
        },
      },
    ];
  };

  return [
    {
      method: 'POST',
      path: at(''),
      auth: 'path',
      limit: LIMITS.webhook,
      schema: spec.IncomingWebhookRequestPartialSchema,
      handle: followUp,
    },
    ...onMessage(originalOf),
    ...onMessage(messageOf),
  ];
}

function originalOf(interaction: Interaction): EmulatedMessage | undefined {
  return interaction.original;
}

/** What the token reaches: its own answers, and the message that was pressed. */
function messageOf({ original, followUps, origin }: Interaction, call: Call): EmulatedMessage | undefined {
  const id = call.param('message_id');
  return [original, ...followUps, origin.message].find((message) => message?.id === id);
}
