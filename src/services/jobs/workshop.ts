/**
 * Where songs are made: writes a request down, hands it to the song API when a slot is free, and takes in what
 * becomes of it. Every change of a job's status goes through `apply`. Money first: between any two awaits the
 * process may die, and what is written down by then decides.
 */
import pLimit from 'p-limit';
import type { Catalogue } from '../../domain/actions.ts';
import { Refusal } from '../../domain/errors.ts';
import { fairPick, type SlotLimits } from '../../domain/fair-pick.ts';
import { isOver, transition, type JobEvent } from '../../domain/job.ts';
import type { Job, Wait } from '../../domain/job-record.ts';
import { nextStep } from '../../domain/next-step.ts';
import type { Step } from '../../domain/step.ts';
import type { Clock } from '../clock.ts';
import type { Logger } from '../logger.ts';
import type { SongApi } from '../song-api/song-api.ts';
import { SongApiError } from '../song-api/song-api-error.ts';
import type { Alarm, Spender, Till } from '../quota/till.ts';
import type { JobTable } from '../storage/job-table.ts';
import type { Availability } from './availability.ts';
import type { Durations } from './durations.ts';
import { outcomeOf } from './outcome-of.ts';
import type { Parking } from './parking.ts';
import { QueuePlaces } from './queue-places.ts';
import type { Turnstile } from './turnstile.ts';

export interface WorkshopOptions {
  jobs: JobTable;
  songApi: Pick<SongApi, 'submit'>;
  catalogue: Catalogue;
  till: Pick<Till, 'hold'>;
  /** Learns which actions the song API serves. */
  availability: Pick<Availability, 'refused' | 'accepted'>;
  durations: Durations;
  parking: Parking;
  turnstile: Pick<Turnstile, 'pass'>;
  clock: Clock;
  log: Logger;
  slots: SlotLimits;
  /** Milliseconds from a submit to the first look at its task. */
  firstLookMs: number;
  /** A request that found no slot and no song API for so long is given up, uncharged. */
  longestWaitMs: number;
  /** A job has changed; called after the change is written down. */
  onChange: (job: Job) => void;
  isPaused: (guildId: string) => Promise<boolean>;
  reached?: ((step: Step) => void) | undefined;
  /** A server's budget has crossed a line. */
  onAlarm: (alarm: Alarm) => void;
}

/** The song API's limits are unknown: few at once (song-api-open-questions E6). */
const submitsAtOnce = 3;

export class Workshop {
  readonly #options: WorkshopOptions;
  readonly #submits = pLimit(submitsAtOnce);
  /** Picked in this process and not yet `submitting` in the table. */
  readonly #starting = new Map<string, { guildId: string | null; userId: string }>();
  readonly #running = new Set<Promise<void>>();
  readonly #places = new QueuePlaces();
  #handingOut: Promise<void> | undefined;
  #handOutAgain = false;
  #closed = false;

  constructor(options: WorkshopOptions) {
    this.#options = options;
  }

  /**
   * Writes the job down together with the hold on its price, and starts it when its turn comes. False: this
   * interaction already has a job, made by another process or session. Throws `Refusal` while shutting down, when the
   * till refuses, and when too many ask at once.
   */
  async request(wish: Job, spender: Spender): Promise<boolean> {
    const { jobs, till, turnstile, onAlarm } = this.#options;
    this.#options.reached?.('asked');
    const job: Job = { ...wish, hold: wish.price === 0 ? 'none' : 'held' };
    const held = await turnstile.pass(job.guildId ?? job.userId, () => {
      if (this.#closed) throw new Refusal({ is: 'shutting-down' });
      return jobs.insert(job, async (transaction) => ({
        alarm: await till.hold(transaction, job, spender),
      }));
    });
    if (held === undefined) return false;
    this.#options.reached?.('held');
    if (held.alarm !== null) onAlarm(held.alarm);
    this.#logChange(job);
    this.#options.onChange(job);
    this.handOut();
    return true;
  }

  /** Throws `Refusal` when there is nothing left to cancel. The song API can't stop what it has begun. */
  async cancel(id: string): Promise<Job> {
    const before = await this.#options.jobs.find(id);
    if (before === undefined) throw new Refusal({ is: 'job-gone' });
    if (isOver(before.status.state)) throw new Refusal({ is: 'already-over' });
    const after = await this.apply(id, { is: 'cancelled' });
    if (after?.status.state !== 'cancelled') throw new Refusal({ is: 'already-over' });
    this.handOut();
    return after;
  }

  /** Fills free slots with waiting jobs, fairly. Calls during a round start one more round after it. */
  handOut(): void {
    if (this.#closed) return;
    if (this.#handingOut !== undefined) {
      this.#handOutAgain = true;
      return;
    }
    this.#handingOut = this.#handOutRounds()
      .catch((error: unknown) => this.#options.log.error({ err: error }, 'waiting jobs could not be started'))
      .finally(() => {
        this.#handingOut = undefined;
      });
  }

  /**
   * Takes in an event. The job as it is now, changed or not; undefined when there is none. Throws
   * `IllegalTransition` for what can't happen.
   */
  async apply(id: string, event: JobEvent, more: Partial<Job> = {}): Promise<Job | undefined> {
    const { jobs, clock, durations, onChange } = this.#options;
    const now = clock.now();
    const changed = await jobs.update(id, (job) => {
      // News of a task that this job has left behind.
      if (event.is === 'snapshot' && !('taskId' in job.status && job.status.taskId === event.snapshot.taskId))
        return job;
      const status = transition(job.status, event);
      if (status === job.status) return job;
      const charge = typeof more.charge === 'number' ? job.chargedBefore + more.charge : job.charge;
      const next = nextStep({ ...job, status, charge });
      if (next !== undefined) return next;
      const ended = isOver(status.state) && !isOver(job.status.state);
      // A job that was given up and comes back after all has one more message to send.
      const reopened = ['lost', 'unconfirmed'].includes(job.status.state);
      return {
        ...job,
        ...more,
        status,
        charge,
        finishedAt: ended || reopened ? now : job.finishedAt,
        ...(ended || reopened ? { delivery: 'pending', nextDeliveryAt: now, deliveryAttempts: 0 } : {}),
      } satisfies Job;
    });
    if (changed === undefined) return undefined;
    const { before, after } = changed;
    if (after === before) return after;
    if (after.status.state === 'succeeded' && after.submittedAt !== null)
      await durations.add(after, now - after.submittedAt);
    if (after.status.state !== before.status.state) this.#logChange(after);
    if (after.status.state === 'succeeded') this.#options.reached?.('succeeded');
    onChange(after);
    if (isOver(after.status.state) || after.status.state === 'queued') this.handOut();
    return after;
  }

  /** Why a queued job waits, as of now. */
  async waitOf(job: Job): Promise<Wait> {
    const { clock, durations, isPaused, parking } = this.#options;
    if (job.guildId !== null && (await isPaused(job.guildId))) return { is: 'paused' };
    if (parking.isInTrouble) return { is: 'parked' };
    const { position, rounds } = this.#places.of(job.id) ?? { position: 1, rounds: 1 };
    const typical = await durations.typical(job);
    return { is: 'place', position, startsAt: typical && clock.now() + typical * rounds };
  }

  /** The cards of a server's waiting jobs say anew why they wait; those of all servers when null. */
  async showWaiting(guildId: string | null): Promise<void> {
    await this.#showAnew(await this.#options.jobs.queued(guildId));
  }

  /** Refuses new work, lets submits that are under way end. */
  async close(): Promise<void> {
    this.#closed = true;
    await this.#handingOut;
    await Promise.all(this.#running);
  }

  /**
   * Jobs that nothing moves any more: submits whose process died (never repeated: the song API may have taken them),
   * and requests that waited too long. `abandonedAfterMs`: how old a submit must be to count as orphaned.
   */
  async sweep(abandonedAfterMs: number): Promise<void> {
    const { jobs, clock, longestWaitMs } = this.#options;
    const now = clock.now();
    for (const id of await jobs.stale('submitting', now - abandonedAfterMs))
      await this.apply(id, { is: 'unanswered' });
    for (const id of await jobs.stale('queued', now - longestWaitMs))
      await this.apply(id, { is: 'refused', why: 'waited-too-long' });
  }

  async #handOutRounds(): Promise<void> {
    const { jobs, clock, slots } = this.#options;
    do {
      this.#handOutAgain = false;
      if (this.#options.parking.isClosed) return;
      const waiting = (await jobs.waiting(clock.now())).filter((job) => !this.#starting.has(job.id));
      const busy = [...(await jobs.busy()), ...this.#starting.values()];
      const picked = fairPick(waiting, busy, slots);
      const moved = this.#places.update(
        waiting.filter((job) => !picked.includes(job)),
        [...busy, ...picked],
        slots,
      );
      for (const next of picked) {
        this.#starting.set(next.id, next);
        const submit = this.#submits(() => this.#submit(next.id))
          .catch((error: unknown) =>
            this.#options.log.error({ err: error, jobId: next.id }, 'a submit broke off'),
          )
          .finally(() => {
            this.#starting.delete(next.id);
            this.#running.delete(submit);
          });
        this.#running.add(submit);
      }
      await this.#showAnew(moved);
    } while (this.#handOutAgain && !this.#closed);
  }

  async #submit(id: string): Promise<void> {
    const { jobs, songApi, catalogue, clock } = this.#options;
    if (this.#closed || this.#options.parking.isClosed) return;
    const now = clock.now();
    const waiting = await jobs.find(id);
    if (waiting?.status.state !== 'queued') return;
    const job = await this.apply(id, { is: 'started' }, { submittedAt: now });
    // From here on the slot is counted by the table.
    this.#starting.delete(id);
    if (job?.status.state !== 'submitting') return;
    this.#options.reached?.('started');

    const action = catalogue[job.action];
    if (action === undefined) {
      await this.apply(id, { is: 'refused', why: 'not-served' });
      return;
    }
    let isBack = false;
    try {
      const taskId = await songApi.submit(action, job.inputs);
      this.#options.reached?.('answered');
      isBack = this.#options.parking.opened();
      await this.#insist(id, taskId);
      await this.#options.availability.accepted(job.action);
    } catch (error) {
      await this.#takeIn(id, error);
      if (error instanceof SongApiError && error.kind === 'not-served')
        await this.#options.availability.refused(job.action);
    }
    if (isBack) await this.showWaiting(null);
  }

  /** The song API has the job and our charge: the task id is written down, however long the database takes. */
  async #insist(id: string, taskId: string): Promise<void> {
    const { clock, firstLookMs, log } = this.#options;
    for (let attempt = 1; ; attempt += 1) {
      try {
        const nextPollAt = clock.now() + firstLookMs;
        await this.apply(id, { is: 'accepted', taskId }, { nextPollAt });
        this.#options.reached?.('accepted');
        return;
      } catch (error) {
        log.error({ err: error, jobId: id, taskId, attempt }, 'a task id could not be saved');
        if (attempt === 100) throw error;
        await clock.sleep(Math.min(5_000, 100 * attempt));
      }
    }
  }

  async #takeIn(id: string, error: unknown): Promise<void> {
    const { log, parking } = this.#options;
    if (!(error instanceof SongApiError)) {
      await this.apply(id, { is: 'unanswered' });
      throw error;
    }
    log.warn(
      { err: error, jobId: id, kind: error.kind, requestId: error.requestId },
      'a submit was not accepted',
    );
    const closed = parking.failed(error);
    const outcome = outcomeOf(error);
    const again = outcome.is === 'parked' ? { notBefore: parking.until, submittedAt: null } : {};
    await this.apply(id, outcome, again);
    if (closed) await this.showWaiting(null);
  }

  async #showAnew(ids: readonly string[]): Promise<void> {
    for (const id of ids) {
      const job = await this.#options.jobs.find(id);
      if (job?.status.state === 'queued') this.#options.onChange(job);
    }
  }

  #logChange({ id: jobId, guildId, action, status }: Job): void {
    const taskId = 'taskId' in status ? status.taskId : undefined;
    this.#options.log.info({ jobId, guildId, action, state: status.state, taskId }, 'job changed');
  }
}
