import type { OptionInput, OptionView } from '../news.ts';
import type { FieldState } from './option-field.tsx';

/** Option types: https://discord.com/developers/docs/interactions/application-commands */
export const optionType = {
  text: 3,
  integer: 4,
  boolean: 5,
  user: 6,
  channel: 7,
  role: 8,
  mentionable: 9,
  number: 10,
  attachment: 11,
} as const;

/** The value that a field holds; undefined while it is empty. */
export function readOption(option: OptionView, field: FieldState | undefined): OptionInput | undefined {
  if (field === undefined) return undefined;
  if (field.value !== undefined) return field.value;
  if (field.text === '') return undefined;
  const isNumber = option.type === optionType.integer || option.type === optionType.number;
  return isNumber ? Number(field.text) : field.text;
}

/** Why Discord's client would not send this, to be read after the option's name. */
export function optionProblem(option: OptionView, field: FieldState | undefined): string | undefined {
  if (field?.file !== undefined) return undefined;
  const value = readOption(option, field);
  if (value === undefined) return option.required ? 'is required' : undefined;
  const mustPick =
    option.choices.length > 0 ||
    [optionType.boolean, optionType.user, optionType.channel, optionType.role, optionType.mentionable].some(
      (type) => type === option.type,
    );
  if (mustPick && field?.value === undefined) return 'takes one of the entries of its list';
  if (typeof value === 'number') {
    const isWhole = option.type !== optionType.integer || Number.isInteger(value);
    if (!Number.isFinite(value) || !isWhole) return 'must be a number';
    if (option.minValue !== null && value < option.minValue) return `must be at least ${option.minValue}`;
    if (option.maxValue !== null && value > option.maxValue) return `can be at most ${option.maxValue}`;
  }
  if (typeof value === 'string') {
    if (option.minLength !== null && value.length < option.minLength)
      return `needs at least ${option.minLength} characters`;
    if (option.maxLength !== null && value.length > option.maxLength)
      return `can have at most ${option.maxLength} characters`;
  }
  return undefined;
}
