import { jobsView, listedJobs } from '../services/jobs/jobs-view.ts';
import type { Workshop } from '../services/jobs/workshop.ts';
import type { JobTable } from '../services/storage/job-table.ts';
import type { Button } from './button.ts';
import { resolveJob } from './resolve-job.ts';

/** On the card and in the list of `/jobs`: the card shows it by itself, the list is drawn anew. */
export function cancel(needs: {
  jobs: Pick<JobTable, 'find' | 'ofMember'>;
  workshop: Pick<Workshop, 'cancel'>;
}): Button {
  return (visit, jobId) => ({
    answer: 'update',
    async run() {
      const job = await resolveJob(needs.jobs, visit, jobId, 'owner');
      await needs.workshop.cancel(job.id);
      if (visit.messageId === job.card.messageId || job.card.messageId === null) return undefined;
      return jobsView(await needs.jobs.ofMember(visit.userId, visit.guildId, listedJobs), visit.words);
    },
  });
}
