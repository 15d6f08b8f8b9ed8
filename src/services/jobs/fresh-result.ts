import type { Catalogue } from '../../domain/actions.ts';
import type { Job } from '../../domain/job-record.ts';
import type { Result } from '../../domain/result.ts';
import type { SongApi } from '../song-api/song-api.ts';
import { taskRef } from './task-ref.ts';

/** A finished job's result as the song API says it now: an address may have moved since. Null where it says nothing. */
export async function freshResult(
  songApi: Pick<SongApi, 'fetchTask'>,
  catalogue: Catalogue,
  { action, status }: Job,
): Promise<Result | null> {
  if (status.state !== 'succeeded') return null;
  try {
    return (await songApi.fetchTask(taskRef(catalogue, action, status.taskId)))?.result ?? null;
  } catch {
    // A second chance, nothing more: without it the old address is linked.
    return null;
  }
}
