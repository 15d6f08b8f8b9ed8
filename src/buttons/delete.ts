import type { Button } from './button.ts';
import { resolveJob, type JobFinder } from './resolve-job.ts';

/** Takes the message away. The song's record stays: it was paid for. */
export function deleteCard(needs: { jobs: JobFinder }): Button {
  return {
    answer: () => 'update',
    async run(visit, jobId) {
      await resolveJob(needs.jobs, visit, jobId, 'owner');
      return 'delete';
    },
  };
}
