import { ApplicationCommandOptionType as Kind, ApplicationCommandType } from 'discord-api-types/v10';
import type { OptionForm, RegisteredCommand } from '../discord/commands/command-form.ts';
import { checkUse } from '../discord/people/client-checks.ts';
import type { Member } from '../discord/people/member.ts';
import type { CommandView, OptionView } from './news.ts';

const kinds: Partial<Record<ApplicationCommandType, CommandView['kind']>> = {
  [ApplicationCommandType.ChatInput]: 'slash',
  [ApplicationCommandType.Message]: 'message',
  [ApplicationCommandType.User]: 'user',
};

/** What this person is offered where they are, by the same check that the emulator holds a use against. */
export function visibleCommands({ person, channel }: Member): CommandView[] {
  return channel
    .bots()
    .flatMap(({ commands }) => {
      const own = channel.guildId === undefined ? [] : commands.list(channel.guildId);
      const isOwn = ({ name, type }: RegisteredCommand): boolean =>
        own.some((other) => other.name === name && other.type === type);
      // What is everywhere first: it is what most people want.
      return [...commands.list().filter((command) => !isOwn(command)), ...own];
    })
    .filter((command) => {
      try {
        checkUse(command, person, channel);
        return true;
      } catch {
        return false;
      }
    })
    .flatMap(viewsOf);
}

function viewsOf(command: RegisteredCommand): CommandView[] {
  const kind = kinds[command.type];
  if (kind === undefined) return [];
  if (kind !== 'slash') return [{ line: command.name, kind, description: command.description, options: [] }];
  return linesOf(`/${command.name}`, command.description, command.options ?? []);
}

/** Subcommands are lines of their own. */
function linesOf(line: string, description: string, options: OptionForm[]): CommandView[] {
  const steps = options.filter(({ type }) => type === Kind.Subcommand || type === Kind.SubcommandGroup);
  if (steps.length === 0) return [{ line, kind: 'slash', description, options: options.map(optionView) }];
  return steps.flatMap((step) => linesOf(`${line} ${step.name}`, step.description, step.options ?? []));
}

function optionView(option: OptionForm): OptionView {
  return {
    type: option.type,
    name: option.name,
    description: option.description,
    required: option.required ?? false,
    autocomplete: option.autocomplete ?? false,
    choices: (option.choices ?? []).map(({ name, value }) => ({ name, value })),
    minValue: option.min_value ?? null,
    maxValue: option.max_value ?? null,
    minLength: option.min_length ?? null,
    maxLength: option.max_length ?? null,
  };
}
