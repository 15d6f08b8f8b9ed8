import { InteractionContextType } from 'discord-api-types/v10';
import type { Ground } from '../model/ground.ts';
import { INTERACTION_TYPE, type Interaction } from './interaction.ts';

/** INTERACTION_CREATE: https://discord.com/developers/docs/interactions/receiving-and-responding#interaction-object */
export function interactionPayload(
  ground: Ground,
  interaction: Interaction,
  data: unknown,
): Record<string, unknown> {
  const { bot, person, channel, message } = interaction.origin;
  const { guild } = channel;
  const payload = {
    version: 1,
    id: interaction.id,
    application_id: bot.applicationId,
    type: INTERACTION_TYPE[interaction.kind],
    token: interaction.token,
    data,
    channel_id: channel.id,
    channel: { ...channel.wire(), permissions: person.may().toString() },
    locale: person.user.locale,
    app_permissions: channel.botMay.toString(),
    entitlements: [],
    // Key 0: installed to a guild; "0" where that is the bot's own direct messages.
    authorizing_integration_owners: { 0: guild?.id ?? '0' },
    context: guild === undefined ? InteractionContextType.BotDM : InteractionContextType.Guild,
    attachment_size_limit: uploadLimit(ground, interaction),
    ...(message === undefined ? {} : { message: message.wire() }),
  };
  if (guild === undefined) return { ...payload, user: person.user.wire() };
  return {
    ...payload,
    guild_id: guild.id,
    guild: { id: guild.id, locale: guild.locale, features: [] },
    guild_locale: guild.locale,
    member: person.wire(),
  };
}

/** The best of what everybody has, what boosts give and what the person's Nitro gives; in bytes per file. */
export function uploadLimit(ground: Ground, interaction: Interaction): number {
  const { person, channel } = interaction.origin;
  return Math.max(ground.uploadLimitBytes, channel.guild?.uploadLimitBytes ?? 0, person.user.nitroLimitBytes);
}
