/**
 * What a slash command is: Discord's own definition as a literal, and what happens. The options that `run` gets are
 * typed from the literal, so definition and behaviour can't drift apart.
 */
import type {
  ApplicationCommandOptionType,
  RESTPostAPIChatInputApplicationCommandsJSONBody,
} from 'discord.js';
import type { View, Visit } from '../services/visit.ts';

type Definition = RESTPostAPIChatInputApplicationCommandsJSONBody;

type OptionLiteral = {
  readonly name: string;
  readonly type: ApplicationCommandOptionType;
  readonly required?: boolean;
  readonly choices?: readonly { readonly value: string | number }[];
};

type ValueOf<O extends OptionLiteral> = O extends { choices: readonly { value: infer V }[] }
  ? V
  : O['type'] extends ApplicationCommandOptionType.Boolean
    ? boolean
    : O['type'] extends ApplicationCommandOptionType.Integer | ApplicationCommandOptionType.Number
      ? number
      : string;

type Options<D> = D extends { readonly options: readonly OptionLiteral[] }
  ? {
      [O in D['options'][number] as O extends { required: true } ? O['name'] : never]: ValueOf<O>;
    } & {
      [O in D['options'][number] as O extends { required: true } ? never : O['name']]?: ValueOf<O>;
    }
  : Record<never, never>;

export type OptionValues = Readonly<Record<string, string | number | boolean>>;

export interface Command<O = OptionValues> {
  definition: Definition;
  /** Who sees the reply. */
  answer(options: O): 'public' | 'private';
  /** Before the first answer: local, fast, free. Throws `Refusal`, which only the member sees. */
  check?(visit: Visit, options: O): void;
  /** After the deferral. What it returns is shown; nothing, when somebody else keeps the reply (a job's card). */
  run(visit: Visit, options: O): Promise<View | undefined>;
}

/** Keeps the literal's types for `run`, and hands over a command whose options are read at run time. */
export function defineCommand<const D extends Definition>(
  command: Omit<Command<Options<D>>, 'definition'> & { definition: D },
): Command {
  // The dispatcher validates options against the same literal before it calls.
  return command;
}
