import type { Orders } from '../services/jobs/orders.ts';
import type { Button } from './button.ts';
import { resolveJob, type JobFinder } from './resolve-job.ts';

/** The same wishes once more, without the seed: another take is meant to be another. Paid by who presses. */
export function again(needs: { jobs: JobFinder; orders: Orders }): Button {
  return async (visit, jobId) => {
    const {
      action,
      inputs,
      next,
      parents,
      subject,
      private: isPrivate,
    } = await resolveJob(needs.jobs, visit, jobId, 'everyone');
    const { seed: _, ...wishes } = inputs;
    const order = { action, inputs: wishes, next: next ?? undefined, parents, subject: subject ?? undefined };
    // What was asked in private stays private.
    return needs.orders.plan(visit, order, isPrivate || undefined);
  };
}
