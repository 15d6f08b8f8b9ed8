/**
 * A job's life as a pure state machine. No clock, no storage: `transition` takes a status and what happened, and
 * says the new status, or hands back the very same object where the news changes nothing.
 */
import { z } from 'zod';
import { resultSchema, type Result } from './result.ts';

const taskId = z.string().min(1);
/** Whole percent, or null where the song API gave none. Display only: 100 doesn't mean finished. */
const percent = z.number().int().min(0).max(100).nullable();

export const jobStatusSchema = z.discriminatedUnion('state', [
  /** Written down and paid for by a hold; waits for a slot. */
  z.object({ state: z.literal('queued') }),
  /** The request may be on its way. From here on it is never sent a second time without the song API's "no". */
  z.object({ state: z.literal('submitting') }),
  z.object({ state: z.literal('submitted'), taskId }),
  z.object({ state: z.literal('running'), taskId, percent }),
  z.object({ state: z.literal('succeeded'), taskId, result: resultSchema }),
  z.object({ state: z.literal('failed'), taskId: taskId.nullable(), why: z.string() }),
  z.object({ state: z.literal('cancelled'), taskId: taskId.nullable() }),
  /** The song API stopped knowing the task, or let its time run out. A late result is still welcome. */
  z.object({ state: z.literal('lost'), taskId }),
  /** The request left and no answer came: whether a task exists can't be found out (no idempotency key, no list). */
  z.object({ state: z.literal('unconfirmed') }),
]);
export type JobStatus = z.infer<typeof jobStatusSchema>;
export type JobState = JobStatus['state'];

/** What the song API says about one task, parsed. */
export interface TaskSnapshot {
  taskId: string;
  phase: 'waiting' | 'running' | 'succeeded' | 'failed';
  percent: number | null;
  /** Of a finished task; null where nothing usable was in it. */
  result: Result | null;
  /** The song API's own words; may repeat the prompt, so it is shown to the member and never logged. */
  failReason: string | null;
  /** Unix milliseconds of the record's last change; 0 where it says nothing. */
  updatedAt: number;
  /** The gateway's own charge in its units (by default 500,000 = 1 USD); not zeroed by a refund. */
  charge: number | null;
}

export type JobEvent =
  | { is: 'started' }
  /** Certainly not accepted (the connection never opened, or the song API said "not now"): waits again. */
  | { is: 'parked' }
  | { is: 'accepted'; taskId: string }
  | { is: 'unanswered' }
  | { is: 'refused'; why: FailReason }
  | { is: 'snapshot'; snapshot: TaskSnapshot }
  | { is: 'cancelled' }
  | { is: 'lost' }
  /** The song is there, but nothing in it can be played. */
  | { is: 'unusable'; why: FailReason };

/**
 * Why a job failed, as a stored word; `upstream:` carries the song API's own sentence. The words for people are in
 * services/text.
 */
export type FailReason =
  | 'rejected'
  | 'not-served'
  | 'unauthorized'
  | 'out-of-credit'
  | 'no-result'
  | 'bad-audio'
  | 'bad-file'
  | 'waited-too-long'
  | `upstream:${string}`;

/** An event that can't happen in this state: a defect of ours, not a refusal. */
export class IllegalTransition extends Error {
  constructor(state: JobState, event: JobEvent['is']) {
    super(`a job that is ${state} can't be ${event}`);
    this.name = 'IllegalTransition';
  }
}

export function isOver(state: JobState): boolean {
  return !(state === 'queued' || state === 'submitting' || state === 'submitted' || state === 'running');
}

export function transition(status: JobStatus, event: JobEvent): JobStatus {
  switch (event.is) {
    case 'started':
      if (status.state === 'queued') return { state: 'submitting' };
      break;
    case 'parked':
      if (status.state === 'submitting') return { state: 'queued' };
      if (isOver(status.state)) return status;
      break;
    case 'accepted':
      if ('taskId' in status && status.taskId === event.taskId) return status;
      // The answer may come after the job was taken for unanswered: a task that was paid for is never dropped.
      if (status.state === 'submitting' || status.state === 'unconfirmed')
        return { state: 'submitted', taskId: event.taskId };
      // Cancelled while the request was under way: the id is kept, for the operator's books.
      if (status.state === 'cancelled') return { state: 'cancelled', taskId: event.taskId };
      break;
    case 'unanswered':
      if (status.state === 'submitting') return { state: 'unconfirmed' };
      if (isOver(status.state)) return status;
      break;
    case 'refused':
      if (status.state === 'submitting' || status.state === 'queued')
        return { state: 'failed', taskId: null, why: event.why };
      if (isOver(status.state)) return status;
      break;
    case 'cancelled':
      if (isOver(status.state)) return status;
      return { state: 'cancelled', taskId: 'taskId' in status ? status.taskId : null };
    case 'lost':
      if (status.state === 'submitted' || status.state === 'running')
        return { state: 'lost', taskId: status.taskId };
      if (isOver(status.state)) return status;
      break;
    case 'unusable':
      if (status.state === 'succeeded') return { state: 'failed', taskId: status.taskId, why: event.why };
      if (isOver(status.state)) return status;
      break;
    case 'snapshot':
      return applySnapshot(status, event.snapshot);
  }
  throw new IllegalTransition(status.state, event.is);
}

function applySnapshot(status: JobStatus, snapshot: TaskSnapshot): JobStatus {
  switch (status.state) {
    case 'submitted':
    case 'running':
    case 'lost':
      break;
    case 'queued':
    case 'submitting':
      throw new IllegalTransition(status.state, 'snapshot');
    default:
      return status;
  }
  const { taskId } = status;
  switch (snapshot.phase) {
    case 'succeeded':
      if (snapshot.result !== null) return { state: 'succeeded', taskId, result: snapshot.result };
      // Of a lost song its member has heard already: only a result is news.
      return status.state === 'lost' ? status : { state: 'failed', taskId, why: 'no-result' };
    case 'failed':
      if (status.state === 'lost') return status;
      return { state: 'failed', taskId, why: `upstream:${snapshot.failReason ?? ''}` };
    case 'waiting':
      return status;
    case 'running': {
      if (status.state === 'lost') return status;
      const before = status.state === 'running' ? status.percent : null;
      // The song API's percentages may jump back (stock constants, then the upstream's own): ours never do.
      const now = before === null ? snapshot.percent : Math.max(before, snapshot.percent ?? 0);
      if (status.state === 'running' && now === before) return status;
      return { state: 'running', taskId, percent: now };
    }
  }
}
