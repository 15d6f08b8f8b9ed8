import { ApplicationCommandOptionType as Kind, PermissionFlagsBits } from 'discord-api-types/v10';
import { EmulatedChannel } from '../model/channel.ts';
import type { EmulatedMessage } from '../model/message.ts';
import type { OfferedFile } from './resolved-data.ts';
import { Role } from '../model/role.ts';
import type { OptionForm, RegisteredCommand } from '../commands/command-form.ts';
import type { Person } from '../model/person.ts';
import { allows } from '../model/permissions.ts';

/** Discord's own client would not let a person do this, so a test that does it is wrong (or means `force`). */
export class ClientRefuses extends Error {
  constructor(why: string) {
    super(`Discord's client would refuse this: ${why}`);
    this.name = 'ClientRefuses';
  }
}

/** Whether the client shows the command to this person in this channel. */
export function checkUse(command: RegisteredCommand, person: Person, channel: EmulatedChannel): void {
  const refuse = (why: string): never => {
    throw new ClientRefuses(`/${command.name} ${why}`);
  };
  if (channel.guild === undefined) {
    const inDms = command.contexts === null ? (command.dm_permission ?? false) : command.contexts.includes(1);
    if (!inDms) refuse('is not offered in direct messages');
    return;
  }
  if (command.contexts !== null && !command.contexts.includes(0)) refuse('is not offered in servers');
  if (command.nsfw && !channel.nsfw)
    refuse(`is not offered in #${channel.name}, which is not age-restricted`);
  if (!allows(person.may(), PermissionFlagsBits.UseApplicationCommands))
    refuse(`is hidden from ${person.user.name}, who may not use commands`);
  const needed = command.default_member_permissions;
  if (needed === null) return;
  // "0" hides a command from everybody but administrators.
  const isShown =
    needed === '0'
      ? allows(person.may(), PermissionFlagsBits.Administrator)
      : allows(person.may(), BigInt(needed));
  if (!isShown) refuse(`is hidden from ${person.user.name}, who lacks its permissions`);
}

/** Whether the client offers apps on this message here. */
export function checkTarget(message: EmulatedMessage, person: Person, channel: EmulatedChannel): void {
  const refuse = (why: string): never => {
    throw new ClientRefuses(`the message ${why}`);
  };
  if (message.channelId !== channel.id) refuse(`is not in #${channel.name}`);
  if (!message.isVisibleTo(person.user.id)) refuse(`is not there for ${person.user.name}`);
  if (message.ephemeralFor !== undefined || message.isLoading) refuse('is one on which apps are not offered');
}

/** Whether the client sends this as an ordinary message. */
export function checkPost(
  text: string,
  files: readonly OfferedFile[],
  person: Person,
  channel: EmulatedChannel,
  limitBytes: number,
): void {
  const refuse = (why: string): never => {
    throw new ClientRefuses(`the message ${why}`);
  };
  if (text.trim() === '' && files.length === 0) refuse('is empty');
  if (text.length > 2_000) refuse('is longer than 2000');
  if (files.length > 10) refuse('has more than 10 files');
  const tooLarge = files.find((file) => file.bytes.length > limitBytes);
  if (tooLarge !== undefined) refuse(`has a file over ${limitBytes} bytes: ${tooLarge.name}`);
  const needed = [
    PermissionFlagsBits.SendMessages,
    ...(files.length > 0 ? [PermissionFlagsBits.AttachFiles] : []),
  ];
  const mayPost =
    channel.guild === undefined || needed.every((permission) => allows(person.may(), permission));
  if (!mayPost) refuse(`is not allowed to ${person.user.name}`);
}

export function checkOptions(
  definitions: readonly OptionForm[],
  given: Record<string, unknown>,
  limitBytes: number,
): void {
  for (const definition of definitions) {
    const value = given[definition.name];
    if (value !== undefined) checkValue(definition, value, limitBytes);
    else if (definition.required === true)
      throw new ClientRefuses(`the option "${definition.name}" is required`);
  }
}

function checkValue(option: OptionForm, value: unknown, limitBytes: number): void {
  const refuse = (why: string): never => {
    throw new ClientRefuses(`the option "${option.name}" ${why}`);
  };
  if (!isOfKind(option.type, value)) refuse(`can't be ${typeof value}`);
  const types = option.channel_types ?? [];
  if (value instanceof EmulatedChannel && types.length > 0 && !types.includes(value.type))
    refuse('does not list channels of this type');
  if (typeof value === 'string') {
    if (value.length < (option.min_length ?? 0)) refuse(`is shorter than ${option.min_length}`);
    // Without a maximum of its own an option takes 6000 characters.
    if (value.length > (option.max_length ?? 6_000)) refuse(`is longer than ${option.max_length ?? 6_000}`);
  }
  if (typeof value === 'number') {
    if (value < (option.min_value ?? -Infinity)) refuse(`is below ${option.min_value}`);
    if (value > (option.max_value ?? Infinity)) refuse(`is above ${option.max_value}`);
  }
  const choices = option.choices ?? [];
  if (choices.length > 0 && !choices.some((choice) => choice.value === value))
    refuse(`takes only ${choices.map((choice) => choice.value).join(', ')}, not ${String(value)}`);
  if (isFile(value) && value.bytes.length > limitBytes) refuse(`is a file over ${limitBytes} bytes`);
}

function isOfKind(kind: Kind, value: unknown): boolean {
  switch (kind) {
    case Kind.String:
      return typeof value === 'string';
    case Kind.Integer:
      return Number.isInteger(value);
    case Kind.Number:
      return typeof value === 'number';
    case Kind.Boolean:
      return typeof value === 'boolean';
    case Kind.User:
      return isSomebody(value);
    case Kind.Role:
      return value instanceof Role;
    case Kind.Mentionable:
      return value instanceof Role || isSomebody(value);
    case Kind.Channel:
      return value instanceof EmulatedChannel;
    case Kind.Attachment:
      return isFile(value);
    default:
      return false;
  }
}

function isSomebody(value: unknown): boolean {
  return typeof value === 'object' && value !== null && 'person' in value;
}

function isFile(value: unknown): value is OfferedFile {
  return typeof value === 'object' && value !== null && 'bytes' in value && value.bytes instanceof Uint8Array;
}
