/** The values that Discord sends for a command's options, held against the command's own definition. */
import {
  ApplicationCommandOptionType as Type,
  type APIApplicationCommandOption,
  type CommandInteractionOption,
} from 'discord.js';
import { Refusal } from '../domain/errors.ts';
import type { Command, OptionValues } from '../commands/command.ts';

export interface ReadOptions {
  subcommand: string | undefined;
  values: OptionValues;
}

/**
 * Discord's client keeps to the definition; a forged request needn't. What isn't defined is dropped, what is of the
 * wrong kind, not among the choices or out of range is a refusal.
 */
export function readOptions(
  definition: Command['definition'],
  sent: readonly CommandInteractionOption[],
): ReadOptions {
  const defined = definition.options ?? [];
  if (!defined.some(({ type }) => type === Type.Subcommand))
    return { subcommand: undefined, values: read(defined, sent) };
  const called = sent.find(({ type }) => type === Type.Subcommand);
  const subcommand = defined.find(
    (option) => option.type === Type.Subcommand && option.name === called?.name,
  );
  if (called === undefined || subcommand?.type !== Type.Subcommand)
    throw new Refusal({ is: 'unknown-command' });
  return { subcommand: subcommand.name, values: read(subcommand.options ?? [], called.options ?? []) };
}

function read(
  defined: readonly APIApplicationCommandOption[],
  sent: readonly CommandInteractionOption[],
): OptionValues {
  const values: Record<string, string | number | boolean> = {};
  for (const option of defined) {
    const value = sent.find(({ name }) => name === option.name)?.value;
    if (value === undefined) {
      if ('required' in option && option.required) throw new Refusal({ is: 'empty', option: option.name });
      continue;
    }
    check(option, value);
    values[option.name] = value;
  }
  return values;
}

function check(option: APIApplicationCommandOption, value: string | number | boolean): void {
  const refuse = (): never => {
    throw new Refusal({ is: 'bad-option', option: option.name });
  };
  const within = (size: number, min: number | undefined, max: number | undefined): boolean =>
    size >= (min ?? Number.NEGATIVE_INFINITY) && size <= (max ?? Number.POSITIVE_INFINITY);
  switch (option.type) {
    case Type.String: {
      if (typeof value !== 'string') return refuse();
      if (option.choices?.length && !option.choices.some((choice) => choice.value === value)) return refuse();
      const { min_length: min, max_length: max } = option;
      if (max !== undefined && value.length > max)
        throw new Refusal({ is: 'too-long', option: option.name, max, length: value.length });
      if (!within(value.length, min, max)) throw new Refusal({ is: 'empty', option: option.name });
      return;
    }
    case Type.Integer:
    case Type.Number: {
      const whole = option.type === Type.Number || Number.isInteger(value);
      if (typeof value !== 'number' || !whole || !within(value, option.min_value, option.max_value))
        return refuse();
      return;
    }
    case Type.Boolean:
      if (typeof value !== 'boolean') return refuse();
      return;
    default:
      if (typeof value !== 'string') return refuse();
  }
}
