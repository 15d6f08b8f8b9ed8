/**
 * The one place that decides what a button may touch. Whoever presses is a stranger and the id is a claim: does the
 * job exist, is it of this server or their own, and (where that matters) is it theirs?
 */
import { Refusal } from '../domain/errors.ts';
import type { Job } from '../domain/job-record.ts';
import type { JobTable } from '../services/storage/job-table.ts';
import { mayDo, permission, type Visit } from '../services/visit.ts';

export type JobFinder = Pick<JobTable, 'find'>;

/** `owner`: only who asked for it, or somebody who may manage messages here. Throws `Refusal`. */
export async function resolveJob(
  jobs: JobFinder,
  visit: Visit,
  jobId: string,
  who: 'everyone' | 'owner',
): Promise<Job> {
  const job = await jobs.find(jobId);
  if (job === undefined) throw new Refusal({ is: 'job-gone' });
  const theirs = job.userId === visit.userId;
  // One's own songs can be brought back anywhere.
  if (job.guildId !== visit.guildId && !theirs) throw new Refusal({ is: 'not-here' });
  if (!theirs && (job.guildId === null || job.private)) throw new Refusal({ is: 'not-yours' });
  if (who === 'owner' && !theirs && !mayDo(visit, permission.manageMessages))
    throw new Refusal({ is: 'not-yours' });
  return job;
}
