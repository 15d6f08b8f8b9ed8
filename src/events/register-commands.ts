/** Tells Discord about our commands, and only what it doesn't know yet: creates are limited to 200 a day. */
import { Routes, type REST } from 'discord.js';
import { z } from 'zod';
import type { Command, MessageCommand } from '../commands/command.ts';
import type { Logger } from '../services/logger.ts';

const registeredSchema = z.array(
  z.looseObject({ id: z.string(), name: z.string(), type: z.number().optional() }),
);

const applicationSchema = z.object({ id: z.string() });

export interface Registration {
  written: string[];
  removed: string[];
}

/** `rest` must carry the bot's token. */
export async function registerCommands(
  rest: REST,
  commands: readonly (Command | MessageCommand)[],
  log: Logger,
): Promise<Registration> {
  const { id } = applicationSchema.parse(await rest.get(Routes.currentApplication()));
  const everywhere = commands.filter((command) => guildIdsOf(command).length === 0);
  const result = await registerAt(rest, Routes.applicationCommands(id), everywhere);
  for (const guildId of new Set(commands.flatMap(guildIdsOf))) {
    const here = commands.filter((command) => guildIdsOf(command).includes(guildId));
    try {
      const { written, removed } = await registerAt(rest, Routes.applicationGuildCommands(id, guildId), here);
      result.written.push(...written);
      result.removed.push(...removed);
    } catch (error) {
      // A server that the bot isn't in (any more) is no reason not to start.
      log.warn({ err: error, guildId }, 'commands could not be registered in a server');
    }
  }
  log.info(result, 'commands registered');
  return result;
}

async function registerAt(
  rest: REST,
  route: `/${string}`,
  commands: readonly (Command | MessageCommand)[],
): Promise<Registration> {
  const definitions = commands.map(({ definition }) => definition);
  const registered = registeredSchema.parse(await rest.get(route));
  const changed = definitions.filter((definition) => {
    const known = registered.find((candidate) => isSame(candidate, definition));
    return known === undefined || essence(known) !== essence(definition);
  });
  const gone = registered.filter((known) => !definitions.some((definition) => isSame(known, definition)));
  if (registered.length === 0 && changed.length > 0) await rest.put(route, { body: definitions });
  else {
    for (const definition of changed) await rest.post(route, { body: definition });
    for (const { id } of gone) await rest.delete(`${route}/${id}`);
  }
  return { written: changed.map(({ name }) => name), removed: gone.map(({ name }) => name) };
}

const guildIdsOf = (command: Command | MessageCommand): readonly string[] =>
  'guildIds' in command ? (command.guildIds ?? []) : [];

/** A slash command and an entry of a message's menu may bear one name. */
function isSame(
  known: { name: string; type?: number | undefined },
  own: { name: string; type?: number | undefined },
): boolean {
  return known.name === own.name && (known.type ?? 1) === (own.type ?? 1);
}

/** What we say about a command, without what Discord adds: ids, versions, nulls, empty lists, its own defaults. */
function essence(command: object): string {
  return JSON.stringify(strip({ type: 1, ...command }, true));
}

const addedByDiscord = new Set(['id', 'application_id', 'guild_id', 'version', 'dm_permission', 'handler']);

function strip(value: unknown, top = false): unknown {
  if (Array.isArray(value)) return (value as unknown[]).map((item) => strip(item));
  if (typeof value !== 'object' || value === null) return value;
  const kept = Object.entries(value)
    .filter(([key, item]) => !(top && addedByDiscord.has(key)) && !isDefault(item))
    .map(([key, item]): [string, unknown] => [key, strip(item)])
    .toSorted(([a], [b]) => (a < b ? -1 : 1));
  return Object.fromEntries(kept);
}

function isDefault(item: unknown): boolean {
  if (item === null || item === undefined || item === false || item === '') return true;
  return typeof item === 'object' && Object.keys(item).length === 0;
}
