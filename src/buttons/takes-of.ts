import { Refusal } from '../domain/errors.ts';
import type { Track } from '../domain/track.ts';
import type { TrackTable } from '../services/storage/track-table.ts';
import type { Visit } from '../services/visit.ts';

export type TrackFinder = Pick<TrackTable, 'find' | 'ofJob'>;

/**
 * The songs that a custom id means: a track by its own id, or all takes of a job. The id is a stranger's claim; only
 * what the presser may see is found. Throws `Refusal` where nothing is.
 */
export async function takesOf(tracks: TrackFinder, visit: Visit, id: string): Promise<[Track, ...Track[]]> {
  const track = await tracks.find(id, visit);
  const [first, ...others] = track === undefined ? await tracks.ofJob(id, visit) : [track];
  if (first === undefined) throw new Refusal({ is: 'job-gone' });
  return [first, ...others];
}
