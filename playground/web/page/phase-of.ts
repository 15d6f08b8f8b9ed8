import type { JobView } from '../news.ts';

/** The four colours of the house: on cards, in the panel, everywhere. */
export type Phase = 'queued' | 'running' | 'done' | 'failed';

export function phaseOf({ state, delivery }: Pick<JobView, 'state' | 'delivery'>): Phase {
  switch (state) {
    case 'succeeded':
      return delivery === 'undeliverable' ? 'failed' : 'done';
    case 'submitting':
    case 'submitted':
    case 'running':
      return 'running';
    case 'failed':
    case 'lost':
    case 'unconfirmed':
      return 'failed';
    default:
      return 'queued';
  }
}
