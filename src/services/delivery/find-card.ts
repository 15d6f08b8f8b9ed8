import { Routes, type REST } from 'discord.js';
import { z } from 'zod';
import { decodeCustomId } from '../../domain/custom-id.ts';
import type { Job } from '../../domain/job-record.ts';

/** What is read of a message; a stranger's may look like anything. */
const messageSchema = z.object({
  id: z.string(),
  content: z.string().catch(''),
  author: z.object({ id: z.string() }),
  components: z
    .array(z.object({ components: z.array(z.object({ custom_id: z.string().catch('') })).catch([]) }))
    .catch([]),
});
const pageSchema = z.array(messageSchema);

/** Discord's most a page; a card that was posted within the next thousand messages is found. */
const page = { messages: 100, most: 10 };

export interface FoundCard {
  messageId: string;
  /** Its member was notified when it was posted. */
  pinged: boolean;
}

/**
 * Looks in a channel for a message of ours that shows this job already: a process may have died between Discord's yes
 * and writing it down, and Discord forgets nonces within minutes. Nothing is found where the bot may not read the past.
 */
export async function findCard(rest: REST, channelId: string, job: Job): Promise<FoundCard | undefined> {
  // Ids are times: nothing of this job can be older than the interaction that asked for it.
  let after = job.card.interactionId;
  for (let pages = 0; pages < page.most; pages += 1) {
    const query = new URLSearchParams({ after, limit: String(page.messages) });
    const messages = pageSchema.parse(await rest.get(Routes.channelMessages(channelId), { query }));
    const found = messages.find(
      // A bot's user has its application's id.
      ({ author, components }) => author.id === job.card.applicationId && shows(job, components),
    );
    if (found !== undefined)
      return { messageId: found.id, pinged: found.content.includes(`<@${job.userId}>`) };
    // Newest first, whichever way is asked.
    const newest = messages[0];
    if (newest === undefined || messages.length < page.messages) return undefined;
    after = newest.id;
  }
  return undefined;
}

/** Every card has a button that carries its job's id. */
function shows(job: Job, rows: z.infer<typeof messageSchema>['components']): boolean {
  return rows.some(({ components }) =>
    components.some(({ custom_id: customId }) => {
      const decoded = decodeCustomId(customId);
      return decoded.is === 'ours' && decoded.id === job.id;
    }),
  );
}
