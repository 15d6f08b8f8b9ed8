/** A member's own songs in one place as a list, with a cancel button for each that is still under way. */
import { encodeCustomId } from '../../domain/custom-id.ts';
import { isOver } from '../../domain/job.ts';
import { clipsIn } from '../../domain/result.ts';
import type { Job } from '../../domain/job-record.ts';
import { shorten } from '../../domain/limits.ts';
import type { Words } from '../text/en.ts';
import type { View } from '../visit.ts';

/** How many a list shows; five cancel buttons fit into a row. */
export const listedJobs = 10;
const buttonsInRow = 5;
/** Discord's component types and styles (components/reference). */
const actionRow = 1;
const button = 2;
const secondary = 2;

export function jobsView(jobs: readonly Job[], words: Words): View {
  if (jobs.length === 0) return { content: words.jobs.none, components: [] };
  const open = jobs.filter((job) => !isOver(job.status.state));
  const lines = jobs.map((job) =>
    words.jobs.line(words.jobs.states[job.status.state], nameOf(job, words), job.createdAt, linkTo(job)),
  );
  const buttons = open.slice(0, buttonsInRow).map((job) => ({
    type: button,
    style: secondary,
    label: shorten(`${words.buttons.cancel}: ${nameOf(job, words)}`, 80),
    custom_id: encodeCustomId('cancel', job.id),
  }));
  return {
    content: '',
    embeds: [
      { title: words.jobs.title, description: [...lines, '', words.jobs.open(open.length)].join('\n') },
    ],
    components: buttons.length === 0 ? [] : [{ type: actionRow, components: buttons }],
  };
}

function nameOf(job: Job, words: Words): string {
  const [clip] = job.status.state === 'succeeded' ? clipsIn(job.status.result) : [];
  const name = job.inputs.title ?? clip?.title ?? job.inputs.prompt ?? words.card.untitled;
  // Brackets would end the link's text.
  return shorten(name.replaceAll(/[[\]\n*`]/g, ' ').trim(), 60);
}

function linkTo(job: Job): string | undefined {
  if (job.card.messageId === null || job.private) return undefined;
  return `https://discord.com/channels/${job.guildId ?? '@me'}/${job.channelId}/${job.card.messageId}`;
}
