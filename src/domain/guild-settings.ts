import { z } from 'zod';
import { snowflakePattern } from './ids.ts';
import { platforms } from './song.ts';

const snowflake = z.string().regex(snowflakePattern);

/** What a server's admins have set; every field has a default, so an older stored value still fits. */
export const guildSettingsSchema = z.object({
  /** Channels in which songs may be asked for; none: all. */
  channels: z.array(snowflake).default([]),
  engine: z.enum(platforms).nullable().default(null),
  model: z.string().nullable().default(null),
  /** Results only the member sees, unless they say otherwise. */
  privateResults: z.boolean().default(false),
  /** Ask before an action that costs more than a plain song. */
  confirmPrice: z.boolean().default(true),
  /** Lower case; a request that contains one is refused. */
  words: z.array(z.string()).default([]),
  /** Where changes and budget alarms are posted. */
  auditChannel: snowflake.nullable().default(null),
});

export type GuildSettings = z.infer<typeof guildSettingsSchema>;

export const defaultSettings: GuildSettings = guildSettingsSchema.parse({});

/** The first listed word that occurs in the text as a word of its own, whatever its case; undefined when none does. */
export function forbiddenWord(
  words: readonly string[],
  texts: readonly (string | undefined)[],
): string | undefined {
  const text = ` ${texts
    .filter((part) => part !== undefined)
    .join(' ')
    .toLowerCase()
    .normalize('NFKC')
    .replaceAll(/[^\p{L}\p{N}]+/gu, ' ')} `;
  return words.find((word) => text.includes(` ${word.replaceAll(/[^\p{L}\p{N}]+/gu, ' ').trim()} `));
}
