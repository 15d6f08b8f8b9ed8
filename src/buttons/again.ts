import type { Orders } from '../services/jobs/orders.ts';
import type { Button } from './button.ts';
import { resolveJob, type JobFinder } from './resolve-job.ts';

/** The same wishes once more, without the seed: another take is meant to be another. Paid by who presses. */
export function again(needs: { jobs: JobFinder; orders: Orders }): Button {
  return (visit, jobId) => ({
    // What was asked in private stays private.
    answer: visit.messageIsPrivate ? 'private' : 'public',
    async run() {
      const { action, inputs } = await resolveJob(needs.jobs, visit, jobId, 'everyone');
      const { seed: _, ...wishes } = inputs;
      await needs.orders.place(visit, { action, inputs: wishes }, visit.messageIsPrivate);
      return undefined;
    },
  });
}
