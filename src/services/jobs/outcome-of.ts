import type { JobEvent } from '../../domain/job.ts';
import type { SongApiError } from '../song-api/song-api-error.ts';

/** What a submit that was not accepted means for its job. Only a certain "not taken" may wait and go again. */
export function outcomeOf({ kind }: SongApiError): JobEvent {
  switch (kind) {
    case 'unreachable':
    case 'limited':
      return { is: 'parked' };
    case 'unanswered':
      return { is: 'unanswered' };
    case 'rejected':
    case 'unavailable':
      return { is: 'refused', why: 'rejected' };
    default:
      return { is: 'refused', why: kind };
  }
}
