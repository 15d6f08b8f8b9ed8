import { platformOf } from '../../domain/actions.ts';
import type { Job } from '../../domain/job-record.ts';
import type { Clip } from '../../domain/song.ts';
import type { SongApi } from '../song-api/song-api.ts';

/** The clips as the song API names them now: an address may have moved since. Empty where it has nothing to say. */
export async function freshClips(songApi: Pick<SongApi, 'fetchTask'>, job: Job): Promise<readonly Clip[]> {
  if (job.status.state !== 'succeeded') return [];
  const { taskId } = job.status;
  try {
    return (await songApi.fetchTask({ taskId, platform: platformOf(job.action) }))?.clips ?? [];
  } catch {
    // A second chance, nothing more: without it the old address is linked.
    return [];
  }
}
