import type { Job } from './job-record.ts';

/**
 * A job whose task has brought the clip that it was waiting for, on its way to what it was asked for: waiting for a
 * slot again, with the same hold and the same card. Undefined where nothing follows.
 */
export function nextStep(job: Job): Job | undefined {
  const { next, status } = job;
  // Given up long ago: nothing more is bought with credits that went back.
  if (job.hold === 'released') return undefined;
  if (next === null || status.state !== 'succeeded' || status.result.is !== 'handle') return undefined;
  return {
    ...job,
    action: next.action,
    inputs: { ...next.inputs, clip: status.result.clipId },
    next: null,
    status: { state: 'queued' },
    submittedAt: null,
    nextPollAt: null,
    missingSince: null,
    chargedBefore: job.charge ?? 0,
  };
}
