import type { FamilyTree } from '../services/library/family-tree.ts';
import type { Button } from './button.ts';
import { takesOf, type TrackFinder } from './takes-of.ts';

export interface VersionsNeeds {
  tracks: TrackFinder;
  familyTree: Pick<FamilyTree, 'view'>;
}

/** Who made what from this song, for whoever wants to know. */
export function versions({ tracks, familyTree }: VersionsNeeds): Button {
  return (visit, id) => ({
    answer: 'private',
    async run() {
      const [track] = await takesOf(tracks, visit, id);
      return familyTree.view(visit, track);
    },
  });
}
