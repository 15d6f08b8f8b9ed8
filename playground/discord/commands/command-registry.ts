import { isDeepStrictEqual } from 'node:util';
import { ApplicationCommandType } from 'discord-api-types/v10';
import type { Clock } from '../model/clock.ts';
import type { CommandForm, OptionForm, RegisteredCommand } from './command-form.ts';
import { Refused, refusals } from '../rest/refused.ts';
import type { Snowflakes } from '../model/snowflakes.ts';
import { isAbsent } from '../rest/is-absent.ts';

const MAX_COMMANDS: Array<[ApplicationCommandType, number]> = [
  [ApplicationCommandType.ChatInput, 100],
  [ApplicationCommandType.User, 15],
  [ApplicationCommandType.Message, 15],
];
const CREATES_PER_DAY = 200;
const DAY_MS = 86_400_000;

/** A scope's name: a guild's id, or this for commands that are everywhere. */
const GLOBAL = 'global';

/** The commands of one application, global and by guild. */
export class CommandRegistry {
  readonly #applicationId: string;
  readonly #snowflakes: Snowflakes;
  readonly #clock: Clock;
  readonly #scopes = new Map<string, RegisteredCommand[]>();
  #creates: Array<{ at: number; scope: string }> = [];

  constructor(applicationId: string, ground: { snowflakes: Snowflakes; clock: Clock }) {
    this.#applicationId = applicationId;
    this.#snowflakes = ground.snowflakes;
    this.#clock = ground.clock;
  }

  list(guildId?: string): RegisteredCommand[] {
    return this.#scopes.get(guildId ?? GLOBAL) ?? [];
  }

  find(id: string, guildId?: string): RegisteredCommand {
    const command = this.list(guildId).find((candidate) => candidate.id === id);
    if (command === undefined) throw refusals.unknownCommand();
    return command;
  }

  /** What a member of the guild sees: the guild's own commands before the global ones of the same name. */
  visible(name: string, type: ApplicationCommandType, guildId?: string): RegisteredCommand | undefined {
    const scopes = guildId === undefined ? [this.list()] : [this.list(guildId), this.list()];
    return scopes.flat().find((command) => command.name === name && command.type === type);
  }

  /** Replaces the whole list; a command of the same type and name keeps its id. */
  replace(forms: CommandForm[], guildId?: string): RegisteredCommand[] {
    const next: RegisteredCommand[] = [];
    for (const form of forms) next.push(this.#merge(form, this.#twin(form, guildId), guildId));
    this.#save(next, guildId);
    return next;
  }

  /** Adds one, or overwrites the one of the same type and name. */
  put(form: CommandForm, guildId?: string): { command: RegisteredCommand; isNew: boolean } {
    const twin = this.#twin(form, guildId);
    const command = this.#merge(form, twin, guildId);
    this.#save([...this.list(guildId).filter((other) => other !== twin), command], guildId);
    return { command, isNew: twin === undefined };
  }

  change(id: string, patch: Partial<CommandForm>, guildId?: string): RegisteredCommand {
    const current = this.find(id, guildId);
    const command = this.#merge({ ...current, ...patch, name: patch.name ?? current.name }, current, guildId);
    this.#save(
      this.list(guildId).map((other) => (other === current ? command : other)),
      guildId,
    );
    return command;
  }

  delete(id: string, guildId?: string): void {
    const gone = this.find(id, guildId);
    this.#save(
      this.list(guildId).filter((other) => other !== gone),
      guildId,
    );
  }

  #twin(form: CommandForm, guildId?: string): RegisteredCommand | undefined {
    const type = form.type ?? ApplicationCommandType.ChatInput;
    return this.list(guildId).find((other) => other.name === form.name && other.type === type);
  }

  /** Fills in what Discord fills in; the version changes only when something else does. */
  #merge(
    form: CommandForm,
    old: RegisteredCommand | undefined,
    guildId: string | undefined,
  ): RegisteredCommand {
    if (old === undefined) this.#countCreate(guildId ?? GLOBAL);
    const id = old?.id ?? this.#snowflakes.next();
    const command: RegisteredCommand = {
      id,
      application_id: this.#applicationId,
      version: old?.version ?? id,
      default_member_permissions: form.default_member_permissions?.toString() ?? null,
      type: form.type ?? ApplicationCommandType.ChatInput,
      name: form.name,
      name_localizations: form.name_localizations ?? null,
      description: form.description ?? '',
      description_localizations: form.description_localizations ?? null,
      contexts: form.contexts ?? null,
      integration_types: form.integration_types ?? [0],
      nsfw: form.nsfw ?? false,
      ...(guildId === undefined ? { dm_permission: form.dm_permission ?? true } : { guild_id: guildId }),
      ...(isAbsent(form.options) || form.options.length === 0 ? {} : { options: form.options.map(tidy) }),
    };
    if (old !== undefined && !isDeepStrictEqual(command, old)) command.version = this.#snowflakes.next();
    return command;
  }

  #save(commands: RegisteredCommand[], guildId: string | undefined): void {
    for (const [type, max] of MAX_COMMANDS)
      if (commands.filter((command) => command.type === type).length > max)
        throw new Refused(400, 30_032, `Maximum number of application commands reached (${max}).`, {
          isViolation: true,
        });
    this.#scopes.set(guildId ?? GLOBAL, commands);
  }

  #countCreate(scope: string): void {
    const now = this.#clock.now();
    this.#creates = this.#creates.filter((create) => create.at > now - DAY_MS);
    if (this.#creates.filter((create) => create.scope === scope).length >= CREATES_PER_DAY)
      throw new Refused(
        400,
        30_034,
        'Max number of daily application command creates has been reached (200)',
      );
    this.#creates.push({ at: now, scope });
  }
}

/** An option as Discord gives it back: without what is null, false or empty. */
function tidy(option: OptionForm): OptionForm {
  const { options, ...rest } = option;
  const kept = Object.entries(rest).filter(
    ([, value]) => value !== null && value !== false && !(Array.isArray(value) && value.length === 0),
  );
  const tidied = Object.fromEntries(kept) as unknown as OptionForm;
  return isAbsent(options) || options.length === 0 ? tidied : { ...tidied, options: options.map(tidy) };
}
