import * as spec from 'discord-api-spec/zod';
import { array, type ZodMiniType } from 'zod/mini';
import type { CommandForm, RegisteredCommand } from '../commands/command-form.ts';
import { commandProblems } from '../commands/command-rules.ts';
import { LIMITS } from './rate-limits.ts';
import { invalidForm, problem, refusals } from './refused.ts';
import type { Call, Route } from './route.ts';
import type { World } from '../world.ts';

const BULK = array(
  spec.ApplicationCommandUpdateRequestSchema as unknown as ZodMiniType,
) as unknown as spec.SpecSchema;

/** Registering commands, global and by guild. */
export function commandRoutes(world: World): Route[] {
  return [
    '/applications/:application_id/commands',
    '/applications/:application_id/guilds/:guild_id/commands',
  ].flatMap((path) => scopeRoutes(world, path, path.includes(':guild_id')));
}

function scopeRoutes(world: World, path: string, isGuild: boolean): Route[] {
  const scope = (call: Call): string | undefined => {
    if (call.param('application_id') !== call.bot.applicationId) throw refusals.missingAccess();
    if (!isGuild) return undefined;
    const guild = world.guilds.get(call.param('guild_id'));
    if (guild === undefined || !guild.bots.has(call.bot)) throw refusals.missingAccess();
    return guild.id;
  };
  const write = { auth: 'bot', limit: LIMITS.commandWrite } as const;
  const read = { auth: 'bot', limit: LIMITS.ordinary } as const;
  const one = `${path}/:command_id`;
  return [
    {
      method: 'GET',
      path,
      ...read,
      handle: (call) => ({ status: 200, body: call.bot.commands.list(scope(call)).map(listed(call)) }),
    },
    {
      method: 'PUT',
      path,
      ...write,
      schema: BULK,
      handle: (call) => {
        const forms = call.body as CommandForm[];
        check([...forms.flatMap((form, index) => commandProblems(form, [index])), ...duplicates(forms)]);
        return { status: 200, body: call.bot.commands.replace(forms, scope(call)) };
      },
    },
    {
      method: 'POST',
      path,
      ...write,
      schema: spec.ApplicationCommandCreateRequestSchema,
      handle: (call) => {
        const form = call.body as CommandForm;
        check(commandProblems(form));
        const { command, isNew } = call.bot.commands.put(form, scope(call));
        return { status: isNew ? 201 : 200, body: command };
      },
    },
    {
      method: 'GET',
      path: one,
      ...read,
      handle: (call) => ({
        status: 200,
        body: call.bot.commands.find(call.param('command_id'), scope(call)),
      }),
    },
    {
      method: 'PATCH',
      path: one,
      ...write,
      schema: spec.ApplicationCommandPatchRequestPartialSchema,
      handle: (call) => {
        const patch = call.body as Partial<CommandForm>;
        const current = call.bot.commands.find(call.param('command_id'), scope(call));
        check(commandProblems({ ...current, ...patch, name: patch.name ?? current.name }));
        return { status: 200, body: call.bot.commands.change(current.id, patch, scope(call)) };
      },
    },
    {
      method: 'DELETE',
      path: one,
      ...write,
      handle: (call) => {
        call.bot.commands.delete(call.param('command_id'), scope(call));
        return { status: 204 };
      },
    },
  ];
}

/** Lists come without localizations unless they are asked for. */
function listed(call: Call): (command: RegisteredCommand) => Partial<RegisteredCommand> {
  if (call.query.get('with_localizations') === 'true') return (command) => command;
  return (command) =>
    JSON.parse(
      JSON.stringify(command, (key, value: unknown) => (key.endsWith('_localizations') ? undefined : value)),
    ) as Partial<RegisteredCommand>;
}

function duplicates(forms: CommandForm[]): ReturnType<typeof commandProblems> {
  const keys = forms.map((form) => `${form.type ?? 1} ${form.name}`);
  return keys.flatMap((key, index) =>
    keys.indexOf(key) === index
      ? []
      : [
          problem(
            [index, 'name'],
            'APPLICATION_COMMANDS_DUPLICATE_NAME',
            'Application command names must be unique',
          ),
        ],
  );
}

function check(problems: ReturnType<typeof commandProblems>): void {
  if (problems.length > 0) throw invalidForm(problems);
}
