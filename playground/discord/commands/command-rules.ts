import { ApplicationCommandOptionType as Kind, ApplicationCommandType, Locale } from 'discord-api-types/v10';
import type { CommandForm, OptionForm } from './command-form.ts';
import { problem, type Problem } from '../rest/refused.ts';

// https://discord.com/developers/docs/interactions/application-commands
const NAME = /^[-_'\p{L}\p{N}\p{sc=Deva}\p{sc=Thai}]{1,32}$/u;
const MAX_CHARACTERS = 8_000;
const LOCALES = new Set<string>(Object.values(Locale));

/** What the schema of a command can't say. */
export function commandProblems(command: CommandForm, path: PropertyKey[] = []): Problem[] {
  const isSlash = (command.type ?? ApplicationCommandType.ChatInput) === ApplicationCommandType.ChatInput;
  const problems = isSlash
    ? [...namedProblems(command, path), ...optionsProblems(command.options ?? [], [...path, 'options'])]
    : menuProblems(command, path);
  if (sizeOf(command) > MAX_CHARACTERS)
    problems.push(
      problem(path, 'APPLICATION_COMMAND_TOO_LARGE', `Command exceeds maximum size (${MAX_CHARACTERS})`),
    );
  const { default_member_permissions: permissions } = command;
  if (typeof permissions === 'string' && !/^\d+$/.test(permissions))
    problems.push(problem([...path, 'default_member_permissions'], 'NUMBER_TYPE_COERCE', 'Not a bit set.'));
  return problems;
}

function menuProblems(command: CommandForm, path: PropertyKey[]): Problem[] {
  const problems = localeProblems(command, path);
  if ((command.description ?? '') !== '')
    problems.push(
      problem(
        [...path, 'description'],
        'APPLICATION_COMMAND_CONTEXT_MENU_DESCRIPTION',
        'Context menu commands cannot have description',
      ),
    );
  if ((command.options ?? []).length > 0)
    problems.push(
      problem(
        [...path, 'options'],
        'APPLICATION_COMMAND_CONTEXT_MENU_OPTIONS',
        'Context menu commands cannot have options',
      ),
    );
  return problems;
}

type Named = Pick<CommandForm, 'name' | 'name_localizations' | 'description' | 'description_localizations'>;

/** Names and descriptions of slash commands and options. */
function namedProblems(named: Named, path: PropertyKey[]): Problem[] {
  const names = [['name', named.name] as const, ...localized(named, 'name_localizations')];
  const problems = names
    .filter(([, name]) => !NAME.test(name) || name !== name.toLowerCase())
    .map(([key, name]) =>
      problem(
        [...path, ...key.split('.')],
        'APPLICATION_COMMAND_INVALID_NAME',
        `Command name is invalid: "${name}"`,
      ),
    );
  if ((named.description ?? '') === '')
    problems.push(problem([...path, 'description'], 'BASE_TYPE_REQUIRED', 'This field is required'));
  return [...problems, ...localeProblems(named, path)];
}

function localeProblems(named: Named, path: PropertyKey[]): Problem[] {
  return (['name_localizations', 'description_localizations'] as const).flatMap((key) =>
    Object.keys(named[key] ?? {})
      .filter((locale) => !LOCALES.has(locale))
      .map((locale) =>
        problem([...path, key, locale], 'ENUM_TYPE_COERCE', `Value "${locale}" is not a locale.`),
      ),
  );
}

function optionsProblems(options: OptionForm[], path: PropertyKey[]): Problem[] {
  const names = options.map((option) => option.name);
  const firstOptional = options.findIndex((option) => option.required !== true);
  const subcommands = options.filter((option) => isSubcommand(option)).length;
  return options.flatMap((option, index) => {
    const place = [...path, index];
    const problems = [...namedProblems(option, place), ...valueProblems(option, place)];
    const add = (key: string, code: string, message: string): void =>
      void problems.push(problem([...place, key], code, message));
    if (names.indexOf(option.name) < index)
      add('name', 'APPLICATION_COMMAND_OPTIONS_NAME_INVALID', 'Option names must be unique');
    if (option.required === true && firstOptional < index && firstOptional !== -1)
      add(
        'required',
        'APPLICATION_COMMAND_OPTIONS_REQUIRED_INVALID',
        'Required options must be placed before non-required options',
      );
    if (isSubcommand(option) && subcommands < options.length)
      add(
        'type',
        'APPLICATION_COMMAND_OPTIONS_TYPE_INVALID',
        'Sub-command and sub-command group option types are mutually exclusive to all other types',
      );
    return [...problems, ...optionsProblems(option.options ?? [], [...place, 'options'])];
  });
}

function valueProblems(option: OptionForm, path: PropertyKey[]): Problem[] {
  const choices = option.choices ?? [];
  const problems = choices.flatMap((choice, index) =>
    localeProblems({ ...choice, description: '' }, [...path, 'choices', index]),
  );
  if (option.autocomplete === true && choices.length > 0)
    problems.push(
      problem(
        [...path, 'choices'],
        'APPLICATION_COMMAND_OPTIONS_CHOICES_AUTOCOMPLETE',
        'Choices and autocomplete exclude each other',
      ),
    );
  if (new Set(choices.map((choice) => choice.name)).size < choices.length)
    problems.push(
      problem(
        [...path, 'choices'],
        'APPLICATION_COMMAND_OPTIONS_CHOICE_NAMES',
        'Choice names must be unique',
      ),
    );
  if (
    (option.min_length ?? 0) > (option.max_length ?? 6_000) ||
    (option.min_value ?? -Infinity) > (option.max_value ?? Infinity)
  )
    problems.push(problem(path, 'APPLICATION_COMMAND_OPTIONS_RANGE', 'The minimum exceeds the maximum'));
  return problems;
}

function isSubcommand(option: OptionForm): boolean {
  return option.type === Kind.Subcommand || option.type === Kind.SubcommandGroup;
}

function localized(named: Named, key: 'name_localizations'): Array<readonly [string, string]> {
  return Object.entries(named[key] ?? {}).map(([locale, text]) => [`${key}.${locale}`, text] as const);
}

/** Names, descriptions and values of the whole command; of the localizations only the longest counts. */
function sizeOf(command: CommandForm | OptionForm): number {
  const longest = (
    text: string | null | undefined,
    localizations: Record<string, string> | null | undefined,
  ): number =>
    Math.max((text ?? '').length, ...Object.values(localizations ?? {}).map((other) => other.length));
  const own =
    longest(command.name, command.name_localizations) +
    longest(command.description, command.description_localizations);
  const choices = 'choices' in command ? (command.choices ?? []) : [];
  const inChoices = choices.reduce(
    (sum, choice) => sum + longest(choice.name, choice.name_localizations) + String(choice.value).length,
    0,
  );
  return (command.options ?? []).reduce((sum, option) => sum + sizeOf(option), own + inChoices);
}
