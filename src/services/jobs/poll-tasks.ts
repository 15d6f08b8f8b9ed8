/**
 * The ticker's step that asks the song API about every open task at once. A failed batch advances nothing and backs
 * off; a bad record spoils one job; a task that is missing from an answer gets a grace, a question of its own, and
 * only then counts as lost.
 */
import type { Catalogue } from '../../domain/actions.ts';
import { transition, type TaskSnapshot } from '../../domain/job.ts';
import type { Clock } from '../clock.ts';
import type { Logger } from '../logger.ts';
import type { SongApi } from '../song-api/song-api.ts';
import { SongApiError } from '../song-api/song-api-error.ts';
import type { JobTable, OpenTask } from '../storage/job-table.ts';
import type { Parking } from './parking.ts';
import { taskRef } from './task-ref.ts';
import type { Workshop } from './workshop.ts';

export interface PollOptions {
  jobs: JobTable;
  catalogue: Catalogue;
  workshop: Pick<Workshop, 'apply' | 'showWaiting'>;
  parking: Parking;
  songApi: Pick<SongApi, 'fetchTasks' | 'fetchTask'>;
  clock: Clock;
  log: Logger;
  intervalMs: number;
  /** A task that is still not finished by then is given up and its credits come back. */
  jobTimeoutMs: number;
  /** An id is sent before its row exists: unknown tasks are believed in for a while (song-api 4.2). */
  missingGraceMs?: number | undefined;
}

const minute = 60_000;
/** The gateway itself times tasks out after a day (song-api 6.1): nothing comes after that. */
const lateNewsMs = 24 * 60 * minute;
const longestBackOffMs = minute;

export class TaskPoller {
  readonly #options: PollOptions;
  readonly #missingGraceMs: number;
  #failures = 0;
  #pausedUntil = 0;

  constructor(options: PollOptions) {
    this.#options = options;
    this.#missingGraceMs = options.missingGraceMs ?? 30_000;
  }

  async poll(): Promise<void> {
    const { jobs, workshop, songApi, parking, clock, log, intervalMs } = this.#options;
    const now = clock.now();
    if (now < this.#pausedUntil) return;
    // A look that is due in a moment is taken now rather than one tick late.
    const { catalogue } = this.#options;
    const due = (await jobs.openTasks(now + intervalMs / 4)).map((task) => ({
      ...task,
      ...taskRef(catalogue, task.action, task.taskId),
    }));
    if (due.length === 0) return;
    let answer;
    try {
      answer = await songApi.fetchTasks(due);
    } catch (error) {
      this.#backOff(error, due.length);
      if (parking.failed(error)) await workshop.showWaiting(null);
      return;
    }
    this.#failures = 0;
    if (!parking.isClosed && parking.opened()) await workshop.showWaiting(null);
    for (const problem of answer.problems) log.warn({ err: problem }, 'part of a batch answer was refused');
    const missing = new Set(answer.missing.map((task) => task.taskId));
    const unchanged: OpenTask[] = [];
    for (const task of due) {
      const snapshot = answer.snapshots.get(task.taskId);
      try {
        if (snapshot !== undefined) {
          if (!(await this.#takeIn(task, snapshot))) unchanged.push(task);
        } else if (missing.has(task.taskId)) await this.#miss(task);
      } catch (error) {
        log.error({ err: error, jobId: task.id, taskId: task.taskId }, 'news of a task could not be applied');
      }
    }
    await this.#lookAgainLater(unchanged);
  }

  /** True when the job has changed (and got its next look with it). */
  async #takeIn(task: OpenTask, snapshot: TaskSnapshot): Promise<boolean> {
    const { workshop, clock, jobTimeoutMs } = this.#options;
    const now = clock.now();
    const next = transition(task.status, { is: 'snapshot', snapshot });
    if (next !== task.status) {
      const nextPollAt = next.state === 'running' ? this.#nextLook(task, now) : null;
      await workshop.apply(
        task.id,
        { is: 'snapshot', snapshot },
        { nextPollAt, charge: snapshot.charge, missingSince: null },
      );
      return true;
    }
    // Given up only on fresh word that it isn't finished: an outage of the song API loses no song.
    if (task.status.state !== 'lost' && now - task.submittedAt > jobTimeoutMs) {
      await workshop.apply(task.id, { is: 'lost' }, { nextPollAt: now + 5 * minute });
      return true;
    }
    return false;
  }

  async #miss(task: OpenTask): Promise<void> {
    const { jobs, workshop, songApi, clock, log } = this.#options;
    const now = clock.now();
    const since = task.missingSince ?? now;
    // Just submitted: the row may not be there yet. Afterwards, too, once is no proof.
    if (now - Math.max(since, task.submittedAt) < this.#missingGraceMs) {
      await jobs.setMissing(task.id, since, this.#nextLook(task, now));
      return;
    }
    const snapshot = await songApi.fetchTask(taskRef(this.#options.catalogue, task.action, task.taskId));
    if (snapshot !== undefined) {
      if (!(await this.#takeIn(task, snapshot))) await this.#lookAgainLater([task]);
      return;
    }
    log.warn({ jobId: task.id, taskId: task.taskId }, 'the song API no longer knows a task');
    if (task.status.state === 'lost') await jobs.setPolled([task.id], this.#nextLook(task, now));
    else await workshop.apply(task.id, { is: 'lost' }, { nextPollAt: now + 5 * minute });
  }

  async #lookAgainLater(tasks: readonly OpenTask[]): Promise<void> {
    const now = this.#options.clock.now();
    const byTime = Map.groupBy(tasks, (task) => this.#nextLook(task, now));
    for (const [nextPollAt, group] of byTime)
      await this.#options.jobs.setPolled(
        group.map((task) => task.id),
        nextPollAt,
      );
  }

  /** Old tasks are looked at less often, lost ones rarely, and after a day never (null). */
  #nextLook(task: OpenTask, now: number): number | null {
    const { intervalMs } = this.#options;
    const age = now - task.submittedAt;
    if (age > lateNewsMs) return null;
    if (task.status.state === 'lost') return now + 5 * minute;
    if (age > 10 * minute) return now + intervalMs * 6;
    return now + (age > 2 * minute ? intervalMs * 3 : intervalMs);
  }

  #backOff(error: unknown, open: number): void {
    const { clock, log, intervalMs } = this.#options;
    this.#failures += 1;
    const asked = error instanceof SongApiError ? error.retryAfterMs : undefined;
    const doubling = Math.min(longestBackOffMs, intervalMs * 2 ** this.#failures);
    const waitMs = asked ?? doubling * (0.8 + 0.4 * Math.random());
    this.#pausedUntil = clock.now() + waitMs;
    const kind = error instanceof SongApiError ? error.kind : undefined;
    log.warn({ err: error, kind, open, waitMs: Math.round(waitMs) }, 'the batch fetch failed, songs wait');
  }
}
