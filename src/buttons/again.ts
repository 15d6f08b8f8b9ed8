import type { Catalogue } from '../domain/actions.ts';
import { newJob } from '../services/jobs/new-job.ts';
import type { Workshop } from '../services/jobs/workshop.ts';
import type { Button } from './button.ts';
import { resolveJob, type JobFinder } from './resolve-job.ts';

/** The same wishes once more, without the seed: another take is meant to be another. Paid by who presses. */
export function again(needs: {
  jobs: JobFinder;
  catalogue: Catalogue;
  workshop: Pick<Workshop, 'request'>;
}): Button {
  return {
    // What was asked in private stays private.
    answer: (visit) => (visit.messageIsPrivate ? 'private' : 'public'),
    async run(visit, jobId) {
      const { action, inputs } = await resolveJob(needs.jobs, visit, jobId, 'everyone');
      const { seed: _, ...wishes } = inputs;
      await needs.workshop.request(
        newJob(visit, { action, inputs: wishes }, needs.catalogue, visit.messageIsPrivate),
      );
      return undefined;
    },
  };
}
