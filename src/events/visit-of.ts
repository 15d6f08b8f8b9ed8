import {
  MessageFlags,
  type Attachment,
  type AutocompleteInteraction,
  type CommandInteractionOption,
} from 'discord.js';
import { z } from 'zod';
import { discordLimits } from '../domain/limits.ts';
import type { Clock } from '../services/clock.ts';
import type { Logger } from '../services/logger.ts';
import { wordsFor } from '../services/text/words-for.ts';
import type { SentFile, Visit } from '../services/visit.ts';
import type { Answerable } from './answerable.ts';

const snowflake = z.string().regex(/^\d{1,20}$/);
/** By these songs are paid for and delivered; that they are there is discord.js' claim, which it doesn't check. */
const placeSchema = z.object({ guildId: snowflake.nullable(), channelId: snowflake, userId: snowflake });

/** discord.js' interaction as the counters' port. Throws where Discord's event makes no sense. */
export function visitOf(
  interaction: Answerable | AutocompleteInteraction,
  { log, clock }: { log: Logger; clock: Clock },
  isReplay = false,
): Visit {
  const message =
    interaction.isMessageComponent() || interaction.isModalSubmit() ? interaction.message : null;
  return {
    id: interaction.id,
    applicationId: interaction.applicationId,
    token: interaction.token,
    // A replay is as old as Discord says; else our own clock is the better one.
    receivedAt: isReplay ? Math.min(clock.now(), interaction.createdTimestamp) : clock.now(),
    ...placeSchema.parse({
      guildId: interaction.guildId,
      channelId: interaction.channelId,
      userId: interaction.user.id,
    }),
    userName: displayName(interaction),
    roleIds: rolesOf(interaction.member),
    permissions: interaction.memberPermissions?.bitfield ?? 0n,
    locale: interaction.locale,
    guildLocale: interaction.guildLocale ?? interaction.locale,
    // Absent from older payloads; never hard-coded otherwise, since Discord has moved it before.
    attachmentLimit: interaction.attachmentSizeLimit ?? discordLimits.attachmentBytes,
    messageId: message?.id ?? null,
    messageIsPrivate: message?.flags.has(MessageFlags.Ephemeral) ?? false,
    attachments: attachmentsOf(interaction),
    confirmed: confirmedBy(interaction.isChatInputCommand() ? interaction.options.data : []),
    words: wordsFor(interaction.locale),
    log: log.child({
      interactionId: interaction.id,
      guildId: interaction.guildId,
      name: 'commandName' in interaction ? interaction.commandName : 'component',
    }),
  };
}

/** Files that came with a command's options, or that hang on the message of a menu. */
function attachmentsOf(interaction: Answerable | AutocompleteInteraction): SentFile[] {
  const sent = interaction.isChatInputCommand()
    ? attachedTo(interaction.options.data)
    : interaction.isMessageContextMenuCommand()
      ? [...interaction.targetMessage.attachments.values()]
      : [];
  return sent.flatMap(({ id, name, url, size, contentType }) =>
    URL.canParse(url) ? { id, name, url, bytes: size, contentType: contentType ?? '' } : [],
  );
}

function attachedTo(options: readonly CommandInteractionOption[]): Attachment[] {
  return options.flatMap((option) => [
    ...attachedTo(option.options ?? []),
    ...(option.attachment ? [option.attachment] : []),
  ]);
}

const roleIdsSchema = z.array(z.string());

/**
 * Role ids as Discord sent them. Without the Guilds intent discord.js knows no roles, and its own list is empty: the ids
 * are in the raw member, or in the private field that the library fills from it.
 */
function rolesOf(member: object | null): string[] {
  const raw: unknown = member === null ? [] : Reflect.get(member, 'roles');
  const ids = Array.isArray(raw) || member === null ? raw : Reflect.get(member, '_roles');
  const parsed = roleIdsSchema.safeParse(ids);
  return parsed.success ? parsed.data : [];
}

function displayName(interaction: Answerable | AutocompleteInteraction): string {
  const nickname: unknown = interaction.member === null ? null : Reflect.get(interaction.member, 'nickname');
  return typeof nickname === 'string' && nickname !== '' ? nickname : interaction.user.displayName;
}

/** Options whose member, role or channel Discord has sent along: those exist, and are of this server. */
function confirmedBy(options: readonly CommandInteractionOption[]): ReadonlySet<string> {
  const ids = options.flatMap((option): (string | undefined)[] => [
    ...confirmedBy(option.options ?? []),
    option.member ? option.user?.id : undefined,
    option.role?.id,
    option.channel?.id,
  ]);
  return new Set(ids.filter((id) => id !== undefined));
}
