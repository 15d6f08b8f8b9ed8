import { MessageFlags } from 'discord-api-types/v10';
import { componentProblems } from './component-rules.ts';
import { embedProblems, isEmptyEmbed } from './embed-rules.ts';
import type { EmulatedMessage } from '../model/message.ts';
import type { MessageForm, UploadedFile } from './message-form.ts';
import { invalidForm, problem, refusals, type Problem } from '../rest/refused.ts';
import { isAbsent } from '../rest/is-absent.ts';
import { checkVoice } from './voice-rules.ts';

const MAX_CONTENT = 2_000;
const MAX_FILES = 10;

const CREATE_FLAGS =
  MessageFlags.SuppressEmbeds |
  MessageFlags.SuppressNotifications |
  MessageFlags.IsVoiceMessage |
  MessageFlags.IsComponentsV2;

/** Flags that a request may set: in a channel, as an interaction's first answer, as a follow-up, in an edit. */
const FLAGS = {
  channel: CREATE_FLAGS,
  response: CREATE_FLAGS | MessageFlags.Ephemeral,
  'follow-up': (CREATE_FLAGS | MessageFlags.Ephemeral) & ~MessageFlags.IsVoiceMessage,
  edit: MessageFlags.SuppressEmbeds | MessageFlags.IsComponentsV2,
};

export type MessagePlace = keyof typeof FLAGS;

/** Throws what Discord would answer to a message that its schema accepts, but that can't be sent. */
export function checkMessage(
  form: MessageForm,
  files: UploadedFile[],
  place: MessagePlace,
  current?: EmulatedMessage,
): void {
  const flags = (form.flags ?? 0) | ((current?.flags ?? 0) & MessageFlags.IsComponentsV2);
  const isV2 = (flags & MessageFlags.IsComponentsV2) !== 0;
  const names = keptNames(form, current).concat(files.map((file) => file.name));
  const problems = [
    ...flagProblems(form, place, current),
    ...contentProblems(form, isV2),
    ...embedProblems(form.embeds ?? []),
    ...componentProblems(form.components ?? [], isV2, names),
    ...attachmentProblems(form, files, names.length, current),
    ...mentionProblems(form),
  ];
  if (problems.length > 0) throw invalidForm(problems);
  if ((flags & MessageFlags.IsVoiceMessage) !== 0) checkVoice(form, files);
  if (current !== undefined && (current.flags & MessageFlags.IsVoiceMessage) !== 0)
    throw refusals.voiceEdited();
  if (isEmpty(form, names.length, current)) throw refusals.emptyMessage();
}

function flagProblems(
  form: MessageForm,
  place: MessagePlace,
  current: EmulatedMessage | undefined,
): Problem[] {
  const alien = (form.flags ?? 0) & ~FLAGS[place];
  const problems: Problem[] = [];
  if (alien !== 0)
    problems.push(problem(['flags'], 'INVALID_FLAGS', `Flags ${alien} can't be set here (${place}).`));
  const wasV2 = ((current?.flags ?? 0) & MessageFlags.IsComponentsV2) !== 0;
  if (wasV2 && typeof form.flags === 'number' && (form.flags & MessageFlags.IsComponentsV2) === 0)
    problems.push(
      problem(['flags'], 'COMPONENTS_V2_CANNOT_BE_REMOVED', 'IS_COMPONENTS_V2 cannot be removed.'),
    );
  return problems;
}

function contentProblems(form: MessageForm, isV2: boolean): Problem[] {
  const problems: Problem[] = [];
  if ((form.content ?? '').length > MAX_CONTENT)
    problems.push(problem(['content'], 'BASE_TYPE_MAX_LENGTH', 'Must be 2000 or fewer in length.'));
  if (!isV2) return problems;
  const code = 'MESSAGE_CANNOT_USE_LEGACY_FIELDS_WITH_COMPONENTS_V2';
  for (const key of ['content', 'embeds', 'poll'] as const) {
    const value = form[key];
    const isUsed = Array.isArray(value) ? value.length > 0 : !isAbsent(value) && value !== '';
    if (isUsed)
      problems.push(problem([key], code, `The "${key}" field cannot be used with IS_COMPONENTS_V2.`));
  }
  return problems;
}

function attachmentProblems(
  form: MessageForm,
  files: UploadedFile[],
  count: number,
  current: EmulatedMessage | undefined,
): Problem[] {
  const problems: Problem[] = [];
  const keys = new Set(files.map((file) => file.key));
  const known = new Set((current?.attachments ?? []).map((attachment) => attachment.id));
  if (keys.size < files.length)
    problems.push(problem(['files'], 'DUPLICATED', 'Two files have the same number.'));
  for (const [index, { id }] of (form.attachments ?? []).entries()) {
    if (keys.has(String(id)) || known.has(String(id))) continue;
    problems.push(
      problem(
        ['attachments', index, 'id'],
        'ATTACHMENT_NOT_FOUND',
        `There is neither files[${id}] nor such an attachment.`,
      ),
    );
  }
  if (count > MAX_FILES)
    problems.push(problem(['attachments'], 'BASE_TYPE_MAX_LENGTH', 'Must be 10 or fewer in length.'));
  return problems;
}

function mentionProblems(form: MessageForm): Problem[] {
  const mentions = form.allowed_mentions;
  return (['users', 'roles'] as const).flatMap((kind) =>
    mentions?.parse?.includes(kind) === true && (mentions[kind] ?? []).length > 0
      ? [
          problem(
            ['allowed_mentions'],
            'MESSAGE_ALLOWED_MENTIONS_PARSE_EXCLUSIVE',
            `parse:["${kind}"] and ${kind}: [ids...] are mutually exclusive.`,
          ),
        ]
      : [],
  );
}

function keptNames(form: MessageForm, current: EmulatedMessage | undefined): string[] {
  const listed = form.attachments?.map((row) => String(row.id));
  return (current?.attachments ?? [])
    .filter((attachment) => listed === undefined || listed.includes(attachment.id))
    .map((attachment) => attachment.filename);
}

function isEmpty(form: MessageForm, fileCount: number, current: EmulatedMessage | undefined): boolean {
  const content = form.content === undefined ? (current?.content ?? '') : (form.content ?? '');
  const embeds = form.embeds === undefined ? (current?.embeds ?? []) : (form.embeds ?? []);
  const components = form.components === undefined ? (current?.components ?? []) : (form.components ?? []);
  const isBlank = content.trim() === '' && embeds.every(isEmptyEmbed) && isAbsent(form.poll);
  return isBlank && components.length === 0 && fileCount === 0;
}
