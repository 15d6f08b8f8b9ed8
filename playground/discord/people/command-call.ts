import { ApplicationCommandOptionType as Kind, ApplicationCommandType } from 'discord-api-types/v10';
import type { Bot } from '../model/bot.ts';
import { ClientRefuses, checkOptions, checkUse } from './client-checks.ts';
import type { EmulatedChannel } from '../model/channel.ts';
import type { OptionForm, RegisteredCommand } from '../commands/command-form.ts';
import type { Person } from '../model/person.ts';
import type { Nameable, ResolvedData } from './resolved-data.ts';

export type OptionValue = string | number | boolean | Nameable;
export type OptionValues = Record<string, OptionValue | undefined>;

/** A slash command as somebody typed it. */
export interface TypedCommand {
  /** `/quota-admin user grant`: a command, perhaps a group, perhaps a subcommand. */
  line: string;
  values: OptionValues;
  /** Autocomplete: the option that the cursor is in. */
  focused?: string;
  /** A hostile client, which sends what Discord's would not. */
  force?: boolean;
}

interface Place {
  person: Person;
  channel: EmulatedChannel;
  limitBytes: number;
}

/** Finds the registered command and builds the interaction's `data`. */
export function callCommand(
  typed: TypedCommand,
  place: Place,
  resolved: ResolvedData,
): { bot: Bot; data: Record<string, unknown> } {
  const [name = '', ...path] = typed.line.replace(/^\//, '').trim().split(/\s+/);
  const { bot, command } = findCommand(name, ApplicationCommandType.ChatInput, place.channel);
  if (typed.force !== true) checkUse(command, place.person, place.channel);
  const options = callOptions(command, path, typed, place, resolved);
  const data = { ...commandHead(command), ...(options.length === 0 ? {} : { options }), ...resolved.wire() };
  return { bot, data };
}

export function commandHead(command: RegisteredCommand): Record<string, unknown> {
  const head = { id: command.id, name: command.name, type: command.type };
  return command.guild_id === undefined ? head : { ...head, guild_id: command.guild_id };
}

export function findCommand(
  name: string,
  type: ApplicationCommandType,
  channel: EmulatedChannel,
): { bot: Bot; command: RegisteredCommand } {
  for (const bot of channel.bots()) {
    const command = bot.commands.visible(name, type, channel.guildId);
    if (command !== undefined) return { bot, command };
  }
  const known = channel
    .bots()
    .flatMap((bot) => [...bot.commands.list(), ...bot.commands.list(channel.guildId)]);
  throw new Error(
    `No bot here has registered "${name}"; there are: ${known.map((other) => other.name).join(', ') || 'none'}`,
  );
}

function callOptions(
  command: RegisteredCommand,
  path: string[],
  typed: TypedCommand,
  place: Place,
  resolved: ResolvedData,
): unknown[] {
  let definitions = command.options ?? [];
  const steps: OptionForm[] = [];
  for (const word of path) {
    const step = definitions.find((option) => option.name === word && isStep(option));
    if (step === undefined) throw new Error(`"${typed.line}" has no subcommand "${word}"`);
    steps.push(step);
    definitions = step.options ?? [];
  }
  if (definitions.some((option) => isStep(option))) throw new Error(`"${typed.line}" needs a subcommand`);
  // Somebody who is still typing has not filled in everything yet.
  if (typed.force !== true && typed.focused === undefined)
    checkOptions(definitions, typed.values, place.limitBytes);
  if (typed.force !== true) checkFocus(definitions, typed);
  const leaves = Object.entries(typed.values).flatMap(([name, value]) =>
    value === undefined ? [] : [leaf(name, value, definitions, typed, resolved)],
  );
  return steps.reduceRight<unknown[]>(
    (options, step) => [{ name: step.name, type: step.type, options }],
    leaves,
  );
}

/** The client asks the bot only about options that are registered with autocomplete. */
function checkFocus(definitions: OptionForm[], { line, focused }: TypedCommand): void {
  if (focused === undefined) return;
  const option = definitions.find(({ name }) => name === focused);
  if (option !== undefined && option.autocomplete !== true)
    throw new ClientRefuses(`"${line}" has no autocomplete for "${focused}"`);
}

function leaf(
  name: string,
  value: OptionValue,
  definitions: OptionForm[],
  typed: TypedCommand,
  resolved: ResolvedData,
): Record<string, unknown> {
  const definition = definitions.find((option) => option.name === name);
  if (definition === undefined && typed.force !== true)
    throw new ClientRefuses(
      `"${typed.line}" has no option "${name}"; it has: ${definitions.map((option) => option.name).join(', ')}`,
    );
  return {
    name,
    type: definition?.type ?? Kind.String,
    value: typeof value === 'object' ? resolved.add(value) : value,
    ...(typed.focused === name ? { focused: true } : {}),
  };
}

function isStep(option: OptionForm): boolean {
  return option.type === Kind.Subcommand || option.type === Kind.SubcommandGroup;
}
