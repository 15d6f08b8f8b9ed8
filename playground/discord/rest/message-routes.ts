import * as spec from 'discord-api-spec/zod';
import { MessageFlags, PermissionFlagsBits as Flag } from 'discord-api-types/v10';
import { checkSizes, composeMessage } from '../messages/compose-message.ts';
import type { EmulatedChannel } from '../model/channel.ts';
import type { EmulatedMessage } from '../model/message.ts';
import type { MessageForm } from '../messages/message-form.ts';
import { checkMessage } from '../messages/message-rules.ts';
import { pageOf } from './message-page.ts';
import { allows } from '../model/permissions.ts';
import { LIMITS } from './rate-limits.ts';
import { problem, refusals, Refused } from './refused.ts';
import type { Call, Reply, Route } from './route.ts';
import type { World } from '../world.ts';
import { isAbsent } from './is-absent.ts';

/** "In the past few minutes": how long a nonce that is enforced keeps a message from being made twice. */
const NONCE_LIFE_MS = 5 * 60_000;

/** Messages by bot token. */
export function messageRoutes(world: World): Route[] {
  const one = '/channels/:channel_id/messages/:message_id';
  const many = '/channels/:channel_id/messages';

  const create = (call: Call): Reply => {
    const channel = channelOf(world, call);
    const form = call.body as MessageForm;
    const { bot } = call;
    checkSend(world, channel, call, form);
    checkMessage(form, call.files, 'channel');
    checkSizes(call.files, Math.max(world.uploadLimitBytes, channel.guild?.uploadLimitBytes ?? 0));
    const twin =
      form.enforce_nonce === true ? sentBefore(world, channel, bot.user.id, form.nonce) : undefined;
    if (twin !== undefined) return { status: 200, body: twin.wire() };
    const replyTo = referenced(channel, form);
    const message = channel.post(bot.user, { nonce: form.nonce ?? undefined, replyTo }, (fresh) =>
      composeMessage(world, fresh, form, call.files),
    );
    return { status: 200, body: message.wire() };
  };

  const edit = (call: Call): Reply => {
    const channel = channelOf(world, call);
    const message = messageOf(channel, call);
    if (message.author !== call.bot.user) throw refusals.notYourMessage();
    const form = call.body as MessageForm;
    checkMessage(form, call.files, 'edit', message);
    checkSizes(call.files, Math.max(world.uploadLimitBytes, channel.guild?.uploadLimitBytes ?? 0));
    channel.edit(message, () => composeMessage(world, message, form, call.files), true);
    return { status: 200, body: message.wire() };
  };

  return [
    {
      method: 'GET',
      path: '/channels/:channel_id',
      auth: 'bot',
      limit: LIMITS.ordinary,
      handle: (call) => ({ status: 200, body: channelOf(world, call).wire() }),
    },
    {
      method: 'POST',
      path: many,
      auth: 'bot',
      limit: LIMITS.messageCreate,
      schema: spec.MessageCreateRequestSchema,
      handle: create,
    },
    {
      method: 'GET',
      path: many,
      auth: 'bot',
      limit: LIMITS.ordinary,
      handle: (call) => {
        const channel = channelOf(world, call);
        // Without the right to read the past a channel looks empty.
        const past = mayRead(channel) ? channel.messages() : [];
        return { status: 200, body: pageOf(past, call.query).map((message) => message.wire()) };
      },
    },
    {
      method: 'GET',
      path: one,
      auth: 'bot',
      limit: LIMITS.ordinary,
      handle: (call) => {
        const channel = channelOf(world, call);
        if (!mayRead(channel)) throw refusals.missingPermissions();
        return { status: 200, body: messageOf(channel, call).wire() };
      },
    },
    {
      method: 'PATCH',
      path: one,
      auth: 'bot',
      limit: LIMITS.messageEdit,
      schema: spec.MessageEditRequestPartialSchema,
      handle: edit,
    },
    {
      method: 'DELETE',
      path: one,
      auth: 'bot',
      limit: LIMITS.messageDelete,
      handle: (call) => {
        const channel = channelOf(world, call);
        const message = messageOf(channel, call);
        if (message.author !== call.bot.user && !allows(channel.botMay, Flag.ManageMessages))
          throw refusals.missingPermissions();
        message.delete();
        return { status: 204 };
      },
    },
    {
      method: 'POST',
      path: '/channels/:channel_id/typing',
      auth: 'bot',
      limit: LIMITS.ordinary,
      handle: (call) => {
        const channel = channelOf(world, call);
        world.events.tell('typing', { channelId: channel.id, userId: call.bot.user.id });
        return { status: 204 };
      },
    },
  ];
}

function channelOf(world: World, call: Call): EmulatedChannel {
  const channel = world.channels.get(call.param('channel_id'));
  if (channel === undefined || channel.deleted) throw refusals.unknownChannel();
  if (!channel.bots().includes(call.bot) || !allows(channel.botMay, Flag.ViewChannel))
    throw refusals.missingAccess();
  return channel;
}

/** Ephemeral messages are out of the bot token's reach. */
function messageOf(channel: EmulatedChannel, call: Call): EmulatedMessage {
  const message = channel.find(call.param('message_id'));
  if (message === undefined || message.ephemeralFor !== undefined) throw refusals.unknownMessage();
  return message;
}

function mayRead(channel: EmulatedChannel): boolean {
  return allows(channel.botMay, Flag.ReadMessageHistory);
}

function checkSend(world: World, channel: EmulatedChannel, call: Call, form: MessageForm): void {
  if ('bot' in channel.place) {
    const { user } = channel.place.person;
    if (user.refusesDms) throw refusals.refusesDms();
    if (!world.guildsOf(call.bot).some((guild) => guild.people.has(user.id))) throw refusals.noMutualGuild();
    return;
  }
  const needed = [
    Flag.SendMessages,
    ...(call.files.length > 0 ? [Flag.AttachFiles] : []),
    ...((form.embeds ?? []).length > 0 ? [Flag.EmbedLinks] : []),
  ];
  if (needed.some((permission) => !allows(channel.botMay, permission))) throw refusals.missingPermissions();
  const isVoice = ((form.flags ?? 0) & MessageFlags.IsVoiceMessage) !== 0;
  if (isVoice && !allows(channel.botMay, Flag.SendVoiceMessages)) throw refusals.voiceForbidden();
}

function sentBefore(
  world: World,
  channel: EmulatedChannel,
  authorId: string,
  nonce: MessageForm['nonce'],
): EmulatedMessage | undefined {
  if (isAbsent(nonce)) return undefined;
  const since = world.clock.now() - NONCE_LIFE_MS;
  return channel
    .messages()
    .findLast(
      (message) =>
        message.authorId === authorId &&
        String(message.origin.nonce) === String(nonce) &&
        message.createdAt > since,
    );
}

function referenced(channel: EmulatedChannel, form: MessageForm): EmulatedMessage | undefined {
  const reference = form.message_reference;
  if (isAbsent(reference)) return undefined;
  if (!mayRead(channel))
    throw new Refused(403, 160_002, 'Cannot reply without permission to read message history');
  const message = channel.find(reference.message_id);
  if (message === undefined && reference.fail_if_not_exists !== false)
    throw new Refused(400, 50_035, 'Invalid Form Body', {
      problems: [problem(['message_reference'], 'MESSAGE_REFERENCE_UNKNOWN_MESSAGE', 'Unknown message')],
    });
  return message;
}
