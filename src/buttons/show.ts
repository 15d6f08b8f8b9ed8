import type { ShowAgain } from '../services/delivery/show-again.ts';
import type { Button } from './button.ts';
import { takesOf, type TrackFinder } from './takes-of.ts';

export interface ShowNeeds {
  tracks: TrackFinder;
  showAgain: Pick<ShowAgain, 'plan'>;
}

/** Brings back the song that was picked from a list. */
export function show({ tracks, showAgain }: ShowNeeds): Button {
  return async (visit, id, [picked = id]) => {
    const [track] = await takesOf(tracks, visit, picked);
    return showAgain.plan(visit, track);
  };
}
