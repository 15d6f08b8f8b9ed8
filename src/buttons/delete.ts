import type { Button } from './button.ts';
import { resolveJob, type JobFinder } from './resolve-job.ts';

/** Takes the message away. The song's record stays: it was paid for. */
export function deleteCard(needs: { jobs: JobFinder }): Button {
  return (visit, jobId) => ({
    answer: 'update',
    async run() {
      await resolveJob(needs.jobs, visit, jobId, 'owner');
      return 'delete';
    },
  });
}
