/** The points of a job's life between which a process may die, in order. Each has a test that dies there. */
export const steps = [
  /** Written down with its hold; nothing sent. */
  'held',
  /** `submitting` is written; the request is about to leave. */
  'started',
  /** The song API has answered; the task id is only in memory. */
  'answered',
  /** The task id is written. */
  'accepted',
  /** `succeeded` is written; nothing fetched. */
  'succeeded',
  /** The files are here; Discord knows nothing. */
  'fetched',
  /** Discord has said yes; `delivered` is not written. */
  'posted',
  /** All done. */
  'delivered',
] as const;

/** `asked`: there is no job yet; Discord has our first answer, and nothing is written down. */
export type Step = 'asked' | (typeof steps)[number];
