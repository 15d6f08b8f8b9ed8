import { Refusal } from '../domain/errors.ts';
import { orderSong } from '../domain/song-order.ts';
import { singForm } from '../services/jobs/song-forms.ts';
import type { Button, FormHandler } from './button.ts';
import type { EditNeeds } from './edit.ts';
import { resolveJob } from './resolve-job.ts';

/** Finished lyrics, style words or a tempo, in the form that makes a song of them. */
export function sing({ jobs }: Pick<EditNeeds, 'jobs'>): Button {
  return async (visit, jobId) => {
    const { id, status } = await resolveJob(jobs, visit, jobId, 'everyone');
    const result = status.state === 'succeeded' ? status.result : undefined;
    const given = { style: '', lyrics: '', title: '' };
    if (result?.is === 'lyrics') Object.assign(given, { lyrics: result.lyrics, title: result.title ?? '' });
    else if (result?.is === 'tags') given.style = result.tags;
    else if (result?.is === 'bpm') given.style = `${Math.round(result.average)} BPM`;
    else throw new Refusal({ is: 'old-button' });
    return { answer: 'form', form: singForm(id, given, visit.words) };
  };
}

/** The id says only where the words came from: what counts is what was written. */
export function sungForm({ catalogue, orders, settings }: EditNeeds): FormHandler {
  return (visit, _id, values) => {
    const style = values.get('style');
    const house = settings.of(visit.guildId);
    const wishes = { prompt: style, lyrics: values.get('lyrics'), title: values.get('title') };
    return orders.plan(visit, orderSong(catalogue, undefined, wishes, house));
  };
}
