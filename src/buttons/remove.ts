import { Refusal } from '../domain/errors.ts';
import type { Job } from '../domain/job-record.ts';
import type { TrackTable } from '../services/storage/track-table.ts';
import { requireOwner } from '../services/library/require-owner.ts';
import type { Button } from './button.ts';
import type { JobFinder } from './resolve-job.ts';

export interface RemoveNeeds {
  tracks: Pick<TrackTable, 'find' | 'ofJob' | 'takesOf' | 'remove'>;
  jobs: JobFinder;
  /** Takes a song's card away; false where that couldn't be done. */
  takeAway: (job: Job) => Promise<boolean>;
}

/** "Delete it": the song leaves the library, and with its last take its card leaves Discord. */
export function remove({ tracks, jobs, takeAway }: RemoveNeeds): Button {
  return (visit, trackId) => ({
    answer: 'update',
    async run() {
      const track = await tracks.find(trackId, visit);
      if (track === undefined) throw new Refusal({ is: 'job-gone' });
      requireOwner(visit, track);
      if (!(await tracks.remove(track.id))) throw new Refusal({ is: 'song-on-its-way' });
      const others = await tracks.takesOf(track.jobId);
      const job = others.length === 0 ? await jobs.find(track.jobId) : undefined;
      const isCardGone = job !== undefined && (await takeAway(job));
      return { content: visit.words.removed(track.title, isCardGone), components: [], embeds: [] };
    },
  });
}
