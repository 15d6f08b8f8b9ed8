import type { MessageContextMenuCommandInteraction } from 'discord.js';
import { z } from 'zod';
import type { MenuMessage } from '../commands/command.ts';

/** Rows of components, of which only the ids are read. */
const rowsSchema = z
  .array(
    z.object({ components: z.array(z.object({ customId: z.string().nullable().catch(null) })).catch([]) }),
  )
  .catch([]);

/** The message that a menu was opened on, anybody's. */
export function menuMessageOf({ targetMessage }: MessageContextMenuCommandInteraction): MenuMessage {
  const rows = rowsSchema.parse(
    targetMessage.components.map((row) => ({
      components: 'components' in row ? row.components : [],
    })),
  );
  return {
    id: targetMessage.id,
    authorId: targetMessage.author.id,
    customIds: rows.flatMap(({ components }) => components.flatMap(({ customId }) => customId ?? [])),
  };
}
