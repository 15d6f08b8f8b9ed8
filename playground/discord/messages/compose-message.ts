import { AllowedMentionsTypes, MessageFlags, type APIEmbed } from 'discord-api-types/v10';
import type { Attachment } from '../model/attachment.ts';
import { contentType } from '../model/content-type.ts';
import { isEmptyEmbed } from './embed-rules.ts';
import type { Ground } from '../model/ground.ts';
import type { EmulatedMessage, Mentions } from '../model/message.ts';
import type { MessageForm, UploadedFile } from './message-form.ts';
import { messageText } from './message-text.ts';
import { shownComponents } from './shown-components.ts';
import { refusals } from '../rest/refused.ts';
import type { User } from '../model/user.ts';
import { isAbsent } from '../rest/is-absent.ts';

/** What a request may keep of the flags that it sends (the others are Discord's own). */
const KEPT_FLAGS =
  MessageFlags.SuppressEmbeds |
  MessageFlags.SuppressNotifications |
  MessageFlags.IsVoiceMessage |
  MessageFlags.IsComponentsV2;

/**
 * "The maximum request size when sending a message is 25 MiB" (Create Message), so ten files of 10 MiB don't go in one
 * message. A single file that boosts or Nitro allow may be larger than that.
 */
const MAX_REQUEST_BYTES = 25 * 1_048_576;

export function checkSizes(files: UploadedFile[], limitBytes: number): void {
  const sizes = files.map((file) => file.bytes.length);
  const sum = sizes.reduce((all, size) => all + size, 0);
  if (sizes.some((size) => size > limitBytes) || sum > Math.max(MAX_REQUEST_BYTES, limitBytes))
    throw refusals.tooLarge();
}

/** Fills in a new message, or changes an old one: a field that the form leaves out stays as it is. */
export function composeMessage(
  ground: Ground & { users: ReadonlyMap<string, User> },
  message: EmulatedMessage,
  form: MessageForm,
  files: UploadedFile[],
): void {
  message.attachments = attachments(ground, message, form, files);
  if (form.content !== undefined) message.content = form.content ?? '';
  if (form.embeds !== undefined)
    message.embeds = (form.embeds ?? [])
      .filter((embed) => !isEmptyEmbed(embed))
      .map((embed) => shown(embed, message));
  if (form.components !== undefined)
    message.components = shownComponents(form.components ?? [], message.attachments);
  if (!isAbsent(form.flags)) {
    const untouched = message.flags & ~(KEPT_FLAGS & ~MessageFlags.IsComponentsV2);
    message.flags = untouched | (form.flags & KEPT_FLAGS);
  }
  message.mentions = mentions(ground.users, message, form);
}

function attachments(
  ground: Ground,
  message: EmulatedMessage,
  form: MessageForm,
  files: UploadedFile[],
): Attachment[] {
  const rows = new Map(form.attachments?.map((row) => [String(row.id), row]));
  const kept = message.attachments.filter(
    (attachment) => form.attachments === undefined || rows.has(attachment.id),
  );
  for (const attachment of message.attachments) if (!kept.includes(attachment)) ground.cdn.remove(attachment);
  for (const attachment of kept) {
    const row = rows.get(attachment.id);
    if (row?.description !== undefined) attachment.describe(row.description ?? undefined);
  }
  const added = files.map((file) => {
    const row = rows.get(file.key);
    const filename = row?.filename ?? file.name;
    return ground.cdn.store(message.channelId, {
      filename,
      bytes: file.bytes,
      contentType: contentType(filename, file.contentType),
      description: row?.description ?? undefined,
      durationSecs: row?.duration_secs ?? undefined,
      waveform: row?.waveform ?? undefined,
      ephemeral: message.ephemeralFor !== undefined,
    });
  });
  return [...kept, ...added];
}

/** An embed as Discord gives it back: nothing that is null, files by their links. */
function shown(embed: APIEmbed, message: EmulatedMessage): APIEmbed {
  const fields = embed.fields?.map((field) => ({ ...field, inline: field.inline ?? false }));
  const json = JSON.stringify({ ...embed, type: 'rich', fields }, (_key, value: unknown) => {
    if (value === null) return;
    if (typeof value !== 'string' || !value.startsWith('attachment://')) return value;
    return message.attachments.find((file) => `attachment://${file.filename}` === value)?.url ?? value;
  });
  return JSON.parse(json) as APIEmbed;
}

/** https://discord.com/developers/docs/resources/message#allowed-mentions-object */
function mentions(users: ReadonlyMap<string, User>, message: EmulatedMessage, form: MessageForm): Mentions {
  const allowed = form.allowed_mentions;
  const may = (kind: AllowedMentionsTypes, id: string, listed: string[] | null | undefined): boolean =>
    isAbsent(allowed) || (allowed.parse ?? []).includes(kind) || (listed ?? []).includes(id);
  // Mentions in embeds are links, not notifications.
  const written = messageText(message.content, [], message.components);
  const ids = (pattern: RegExp): string[] => [
    ...new Set([...written.matchAll(pattern)].map((match) => match[1] ?? '')),
  ];
  const pinged = ids(/<@!?(\d+)>/g)
    .filter((id) => may(AllowedMentionsTypes.User, id, allowed?.users))
    .flatMap((id) => users.get(id) ?? []);
  const repliedTo = message.origin.replyTo?.author;
  const mayPingAuthor = isAbsent(allowed) || allowed.replied_user === true;
  if (repliedTo !== undefined && mayPingAuthor && !pinged.includes(repliedTo)) pinged.push(repliedTo);
  return {
    users: pinged,
    roles: ids(/<@&(\d+)>/g).filter((id) => may(AllowedMentionsTypes.Role, id, allowed?.roles)),
    everyone: /@(everyone|here)\b/.test(written) && may(AllowedMentionsTypes.Everyone, '', []),
  };
}
