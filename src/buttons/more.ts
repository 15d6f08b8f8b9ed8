import { isSongDeed } from '../domain/deeds.ts';
import { Refusal } from '../domain/errors.ts';
import type { Button } from './button.ts';
import { deed, type DeedButtonNeeds } from './deed.ts';
import { edit, type EditNeeds } from './edit.ts';
import { lyrics } from './lyrics.ts';
import type { JobFinder } from './resolve-job.ts';
import { takesOf } from './takes-of.ts';

/** The select "More…": whatever was picked is done as if it had a button of its own. */
export function more(needs: DeedButtonNeeds & EditNeeds & { jobs: JobFinder }): Button {
  return async (visit, id, [picked = '']) => {
    if (isSongDeed(picked)) return deed(needs, picked)(visit, id, []);
    const [{ jobId }] = await takesOf(needs.tracks, visit, id);
    if (picked === 'lyrics') return lyrics(needs)(visit, jobId, []);
    if (picked === 'edit') return edit(needs)(visit, jobId, []);
    throw new Refusal({ is: 'old-button' });
  };
}
