import { Refusal } from '../domain/errors.ts';
import { discordLimits, shorten } from '../domain/limits.ts';
import { clipsIn } from '../domain/result.ts';
import type { Button } from './button.ts';
import { resolveJob, type JobFinder } from './resolve-job.ts';

/** The words of the first take that has any; as a text file where an embed can't hold them. */
export function lyrics(needs: { jobs: JobFinder }): Button {
  return (visit, jobId) => ({
    answer: 'private',
    async run() {
      const job = await resolveJob(needs.jobs, visit, jobId, 'everyone');
      const clips = job.status.state === 'succeeded' ? clipsIn(job.status.result) : [];
      const clip = clips.find((candidate) => candidate.lyrics !== null);
      if (clip === undefined || clip.lyrics === null) throw new Refusal({ is: 'no-lyrics' });
      const title = shorten(
        job.inputs.title ?? clip.title ?? visit.words.card.untitled,
        discordLimits.embedTitle,
      );
      const fits = clip.lyrics.length <= discordLimits.embedDescription;
      return {
        embeds: [{ title, description: shorten(clip.lyrics, discordLimits.embedDescription) }],
        ...(fits ? {} : { files: [{ name: 'lyrics.txt', bytes: Buffer.from(clip.lyrics, 'utf8') }] }),
      };
    },
  });
}
