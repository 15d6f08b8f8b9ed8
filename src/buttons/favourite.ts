import type { Clock } from '../services/clock.ts';
import type { Board } from '../services/library/board.ts';
import type { TrackTable } from '../services/storage/track-table.ts';
import type { Button } from './button.ts';
import { takesOf, type TrackFinder } from './takes-of.ts';

export interface FavouriteNeeds {
  tracks: TrackFinder & Pick<TrackTable, 'favour' | 'unfavour'>;
  clock: Clock;
  board: Pick<Board, 'starred'>;
}

/** Puts the song among the presser's favourites, or takes it away again. Of several takes the first. */
export function favourite({ tracks, clock, board }: FavouriteNeeds): Button {
  return (visit, id) => ({
    answer: 'private',
    async run() {
      const [track] = await takesOf(tracks, visit, id);
      const { id: trackId, title } = track;
      if (await tracks.favour(visit.userId, trackId, clock.now())) {
        await board.starred(track);
        return { content: visit.words.kept(title) };
      }
      await tracks.unfavour(visit.userId, trackId);
      return { content: visit.words.dropped(title) };
    },
  });
}
