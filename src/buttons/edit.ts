import { platformOf, type Catalogue } from '../domain/actions.ts';
import { orderSong } from '../domain/song-order.ts';
import type { Orders } from '../services/jobs/orders.ts';
import { editForm } from '../services/jobs/song-forms.ts';
import type { SettingsStore } from '../services/storage/settings-store.ts';
import type { Button, FormHandler } from './button.ts';
import { resolveJob, type JobFinder } from './resolve-job.ts';

export interface EditNeeds {
  jobs: JobFinder;
  catalogue: Catalogue;
  orders: Orders;
  settings: Pick<SettingsStore, 'of'>;
}

/** The old words in a form, to be changed; what comes of it is paid by who changes them. */
export function edit({ jobs }: Pick<EditNeeds, 'jobs'>): Button {
  return async (visit, jobId) => {
    const { id, inputs } = await resolveJob(jobs, visit, jobId, 'everyone');
    const { prompt = '', style = '', lyrics = '', title = '' } = inputs;
    return { answer: 'form', form: editForm(id, { prompt, style, lyrics, title }, visit.words) };
  };
}

export function editedForm({ jobs, catalogue, orders, settings }: EditNeeds): FormHandler {
  return async (visit, jobId, values) => {
    const { action, inputs, private: isPrivate } = await resolveJob(jobs, visit, jobId, 'everyone');
    const { instrumental, model } = inputs;
    const text = (name: string): string | undefined => values.get(name);
    const wishes = {
      prompt: text('prompt'),
      style: text('style'),
      lyrics: text('lyrics'),
      title: text('title'),
      instrumental: text('lyrics') === undefined ? instrumental : undefined,
      model,
    };
    const house = settings.of(visit.guildId);
    return orders.plan(
      visit,
      orderSong(catalogue, platformOf(action), wishes, house),
      isPrivate || undefined,
    );
  };
}
