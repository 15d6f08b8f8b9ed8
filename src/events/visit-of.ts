import { MessageFlags, type ButtonInteraction, type ChatInputCommandInteraction } from 'discord.js';
import { discordLimits } from '../domain/limits.ts';
import type { Logger } from '../services/logger.ts';
import { wordsFor } from '../services/text/words-for.ts';
import type { Visit } from '../services/visit.ts';

/** discord.js' interaction as the counters' port. */
export function visitOf(interaction: ChatInputCommandInteraction | ButtonInteraction, log: Logger): Visit {
  const message = interaction.isButton() ? interaction.message : null;
  return {
    id: interaction.id,
    applicationId: interaction.applicationId,
    token: interaction.token,
    receivedAt: Date.now(),
    guildId: interaction.guildId,
    channelId: interaction.channelId,
    userId: interaction.user.id,
    permissions: interaction.memberPermissions?.bitfield ?? 0n,
    locale: interaction.locale,
    guildLocale: interaction.guildLocale ?? interaction.locale,
    // Absent from older payloads; never hard-coded otherwise, since Discord has moved it before.
    attachmentLimit: interaction.attachmentSizeLimit ?? discordLimits.attachmentBytes,
    messageId: message?.id ?? null,
    messageIsPrivate: message?.flags.has(MessageFlags.Ephemeral) ?? false,
    words: wordsFor(interaction.locale),
    log: log.child({
      interactionId: interaction.id,
      guildId: interaction.guildId,
      name: interaction.isButton() ? 'button' : interaction.commandName,
    }),
  };
}
