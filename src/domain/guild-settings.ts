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
  /** Post the beginning of a finished song as a voice message, too. */
  voicePreview: z.boolean().default(false),
  /** Ask before an action that costs more than a plain song. */
  confirmPrice: z.boolean().default(true),
  /** Lower case; a request that contains one is refused. */
  words: z.array(z.string()).default([]),
  /** Where songs are posted that so many members made a favourite. */
  board: z
    .object({ channel: snowflake, stars: z.int().min(1).max(1_000) })
    .nullable()
    .default(null),
  /** Where changes and budget alarms are posted. */
  auditChannel: snowflake.nullable().default(null),
});

export type GuildSettings = z.infer<typeof guildSettingsSchema>;

export const defaultSettings: GuildSettings = guildSettingsSchema.parse({});

/** Text as it is compared: one form for all that looks alike, lower case, words apart by one blank. */
export function plainWords(text: string): string {
  return text
    .normalize('NFKC')
    .toLowerCase()
    .replaceAll(/[^\p{L}\p{M}\p{N}]+/gu, ' ')
    .trim();
}

/** The first listed word that occurs in the text as a word of its own, whatever its case; undefined when none does. */
export function forbiddenWord(
  words: readonly string[],
  texts: readonly (string | undefined)[],
): string | undefined {
  const text = ` ${plainWords(texts.filter((part) => part !== undefined).join(' '))} `;
  return words.find((word) => plainWords(word) !== '' && text.includes(` ${plainWords(word)} `));
}
