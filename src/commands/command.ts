/**
 * What a slash command is: Discord's own definition as a literal, and a plan for each call. The options that the
 * planner gets are typed from the literal, so definition and behaviour can't drift apart.
 */
import type {
  ApplicationCommandOptionType,
  ApplicationCommandType,
  RESTPostAPIContextMenuApplicationCommandsJSONBody,
  RESTPostAPIChatInputApplicationCommandsJSONBody,
} from 'discord.js';
import type { Plan, Visit } from '../services/visit.ts';

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

/** Required options as properties, the others as optional ones. Users, roles and channels are their ids. */
type Options<D> = D extends { readonly options: readonly OptionLiteral[] }
  ? {
      [O in D['options'][number] as O extends { required: true } ? O['name'] : never]: ValueOf<O>;
    } & {
      [O in D['options'][number] as O extends { required: true } ? never : O['name']]?: ValueOf<O>;
    }
  : Record<never, never>;

export type OptionValues = Readonly<Record<string, string | number | boolean>>;

/**
 * Everything before the first answer: local, fast, free. Throws `Refusal`, which only the member sees. Gives what comes
 * after: how to answer, and what to do then.
 */
type Planner<O> = (visit: Visit, options: O) => Plan | Promise<Plan>;

export interface Suggestion {
  /** What the member sees, at most 100 characters. */
  name: string;
  value: string;
}

export interface Command {
  definition: Definition;
  /** Where the command is registered: everywhere, or in these servers only. */
  guildIds?: readonly string[];
  /** `subcommand`: the one that was called, in a command that has any. */
  plan(visit: Visit, options: OptionValues, subcommand: string | undefined): Plan | Promise<Plan>;
  /** Suggestions for the option that is being typed; at most 25 are shown. */
  complete?(
    visit: Visit,
    option: string,
    typed: string,
  ): readonly (string | Suggestion)[] | Promise<readonly (string | Suggestion)[]>;
}

/** An entry of the menu that opens on a message. */
export interface MessageCommand {
  definition: { name: string; type: ApplicationCommandType.Message } & Pick<
    RESTPostAPIContextMenuApplicationCommandsJSONBody,
    'contexts' | 'integration_types'
  >;
  plan(visit: Visit, message: MenuMessage): Plan | Promise<Plan>;
}

/** The message that a menu was opened on; its files are the visit's. */
export interface MenuMessage {
  id: string;
  authorId: string;
  /** Custom ids of its buttons: those of a card of ours say which song it shows. */
  customIds: readonly string[];
}

export function defineCommand<const D extends Definition>(
  definition: D,
  plan: Planner<Options<D>>,
  more: Pick<Command, 'complete'> = {},
): Command {
  // The dispatcher validates options against the same literal before it calls.
  return { definition, plan: (visit, options) => plan(visit, options as Options<D>), ...more };
}

type Subcommand<D> = D extends { readonly options: readonly (infer S)[] } ? S : never;
type NamesOf<D> = Subcommand<D> extends { readonly name: infer N extends string } ? N : never;
type Planners<D> = { [N in NamesOf<D>]: Planner<Options<Extract<Subcommand<D>, { readonly name: N }>>> };

/** A command whose options are all subcommands: one planner each, and one gate in front of them. */
export function defineGroup<const D extends Definition>(
  definition: D,
  gate: (visit: Visit) => void,
  planners: Planners<D>,
  more: Pick<Command, 'complete' | 'guildIds'> = {},
): Command {
  const byName = new Map<string, Planner<never>>(Object.entries(planners));
  return {
    definition,
    plan(visit, options, subcommand) {
      gate(visit);
      const planner = byName.get(subcommand ?? '');
      if (planner === undefined) throw new TypeError(`no subcommand ${subcommand} of /${definition.name}`);
      return planner(visit, options as never);
    },
    ...more,
  };
}
