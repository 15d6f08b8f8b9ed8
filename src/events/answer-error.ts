/**
 * Any error to what the member sees and what the log keeps. A refusal is its sentence, seen by the member only; a
 * fault is an apology with a reference that the log carries. Nobody else catches in order to show.
 */
import { DiscordAPIError, MessageFlags } from 'discord.js';
import { Refusal } from '../domain/errors.ts';
import { isStorageTrouble } from '../services/storage/storage-trouble.ts';
import type { Visit } from '../services/visit.ts';
import type { Answerable } from './answerable.ts';

/** Discord's "too late": the member has seen "the application did not respond" by now, nobody can be answered. */
const tooLate = new Set<number | string>([
  10_062, // unknown interaction: 3 s are over
  40_060, // already acknowledged, by another session of ours
  10_015, // unknown webhook
  50_027, // the token has expired
]);

export const isTooLate = (error: unknown): boolean =>
  error instanceof DiscordAPIError && tooLate.has(error.code);

/** The first answer has been given already, by another process of ours or by this one. */
export const isAcknowledged = (error: unknown): boolean =>
  error instanceof DiscordAPIError && error.code === 40_060;

export async function answerError(interaction: Answerable, visit: Visit, error: unknown): Promise<void> {
  if (isTooLate(error)) {
    visit.log.debug({ err: error }, 'an interaction could no longer be answered');
    return;
  }
  const refused = error instanceof Refusal;
  if (refused) visit.log.info({ reason: error.reason.is }, 'refused');
  else visit.log.error({ err: error, reference: visit.id }, 'a fault while answering');
  const content = refused ? visit.words.refusal(error.reason) : apology(visit, error);
  try {
    await show(interaction, content);
  } catch (second) {
    visit.log[isTooLate(second) ? 'debug' : 'error'](
      { err: second, reference: visit.id },
      'an apology was not shown',
    );
  }
}

function apology({ id, words }: Visit, error: unknown): string {
  return isStorageTrouble(error) ? words.cannotWrite(id) : words.fault(id);
}

async function show(interaction: Answerable, content: string): Promise<void> {
  const message = { content, allowedMentions: { parse: [] } };
  if (!interaction.deferred) {
    await interaction.reply({ ...message, flags: MessageFlags.Ephemeral });
    return;
  }
  // A button that stays on its message has shown nothing yet: its message is not ours to overwrite.
  const updates = !interaction.isCommand() && interaction.ephemeral === null;
  if (interaction.ephemeral) await interaction.editReply({ ...message, embeds: [], components: [] });
  else {
    // A public "thinking…" can't become private: it goes, and the sentence comes as a message of its own.
    if (!updates) await interaction.deleteReply().catch(unlessGone);
    await interaction.followUp({ ...message, flags: MessageFlags.Ephemeral });
  }
}

/** A process that died after this has deleted it already. */
function unlessGone(error: unknown): void {
  if (!(error instanceof DiscordAPIError && error.code === 10_008)) throw error;
}
