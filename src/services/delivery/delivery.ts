/**
 * The post room: keeps each job's card true. Newest state wins, one edit in flight a card, progress edits rare and
 * rarer; the finished card is delivered once and counts as delivered only after Discord said yes. What couldn't be
 * delivered stays in the outbox, which the ticker empties.
 */
import pLimit from 'p-limit';
import { isOver, type FailReason } from '../../domain/job.ts';
import type { Job, Wait } from '../../domain/job-record.ts';
import { NotAudio } from '../audio/probe.ts';
import type { Clock } from '../clock.ts';
import type { JobTable } from '../storage/job-table.ts';
import { wordsFor } from '../text/words-for.ts';
import { endedCard, progressCard } from './card.ts';
import { forgetFiles } from './bring-in.ts';
import { deliverResult, type ResultOptions } from './deliver-result.ts';
import { isRefused, isTooLarge } from './discord-errors.ts';
import { NoRoad, type Arrival } from './roads.ts';

export interface DeliveryOptions extends ResultOptions {
  jobs: JobTable;
  clock: Clock;
  /** Least milliseconds between two progress edits of a card; doubles with each. */
  progressEveryMs: number;
  /** When a song like this is usually done. */
  expectedAt: (job: Job) => Promise<number | undefined>;
  /** A card with this message is written down as delivered. Returns at once. */
  onDelivered?: (job: Job, messageId: string) => void;
  /** Why a queued job waits. */
  waitOf: (job: Job) => Promise<Wait>;
  /** The song is there and can't be played: the workshop's matter. */
  onUnusable: (jobId: string, why: FailReason) => Promise<void>;
}

interface Desk {
  /** The newest state, not yet shown; undefined when the card is up to date. */
  latest: Job | undefined;
  working: Promise<void> | undefined;
  lastEditAt: number;
  edits: number;
  shown: string;
  /** Ends the wait before the next progress edit. */
  hurry: AbortController;
}

const firstEditMs = 700;
/** A song that arrives so long after it was done is announced. */
const lateMs = 60_000;
const longestSpacingMs = 5 * 60_000;
/** Uploads hold a song in flight each; edits are small. Both bounded, so that a burst is a queue, not a flood. */
const atOnce = { uploads: 4, edits: 8 };
const retryMs = { first: 5_000, most: 10 * 60_000 };
const mostAttempts = 60;

export class Delivery {
  readonly #options: DeliveryOptions;
  readonly #desks = new Map<string, Desk>();
  readonly #uploads = pLimit(atOnce.uploads);
  readonly #edits = pLimit(atOnce.edits);
  readonly #stopping = new AbortController();

  constructor(options: DeliveryOptions) {
    this.#options = options;
  }

  /** Shows this state on the job's card, soon; a newer one takes its place. */
  changed(job: Job): void {
    if (this.#stopping.signal.aborted || job.delivery !== 'pending') return;
    const desk = this.#deskOf(job.id);
    desk.latest = job;
    if (isOver(job.status.state)) desk.hurry.abort();
    desk.working ??= this.#work(job.id, desk);
  }

  /** The outbox: finished cards that Discord hasn't taken yet, among them those of an earlier process. */
  async retryUndelivered(): Promise<void> {
    const { jobs, clock } = this.#options;
    for (const job of await jobs.undelivered(clock.now())) {
      if (!this.#desks.has(job.id)) this.changed(job);
    }
  }

  /** Lets what is under way end; what waits stays in the outbox. */
  async close(): Promise<void> {
    this.#stopping.abort();
    for (const desk of this.#desks.values()) desk.hurry.abort();
    await Promise.all([...this.#desks.values()].flatMap((desk) => desk.working ?? []));
  }

  #deskOf(jobId: string): Desk {
    let desk = this.#desks.get(jobId);
    if (desk === undefined) {
      desk = {
        latest: undefined,
        working: undefined,
        lastEditAt: this.#options.clock.now(),
        edits: 0,
        shown: '',
        hurry: new AbortController(),
      };
      this.#desks.set(jobId, desk);
    }
    return desk;
  }

  async #work(jobId: string, desk: Desk): Promise<void> {
    const { log } = this.#options;
    try {
      while (desk.latest !== undefined) {
        if (!isOver(desk.latest.status.state)) {
          await this.#spacing(desk);
          if (this.#stopping.signal.aborted) break;
        }
        const job = desk.latest;
        desk.latest = undefined;
        if (isOver(job.status.state)) await this.#finish(job);
        else await this.#edits(() => this.#showProgress(job, desk));
      }
    } catch (error) {
      log.error({ err: error, jobId }, 'a card could not be kept up to date');
    } finally {
      desk.working = undefined;
      // While the job is open its spacing is remembered; once over, the outbox knows what is left to do.
      if (desk.latest !== undefined) this.changed(desk.latest);
      else if (desk.hurry.signal.aborted) this.#desks.delete(jobId);
    }
  }

  /**
   * The first edit waits for a moment, in which most submits are answered: "thinking…" stands there anyway. Each
   * further one waits twice as long as the one before.
   */
  async #spacing(desk: Desk): Promise<void> {
    const { clock, progressEveryMs } = this.#options;
    const gap =
      desk.edits === 0 ? Math.min(firstEditMs, progressEveryMs) : progressEveryMs * 2 ** (desk.edits - 1);
    const due = desk.lastEditAt + Math.min(longestSpacingMs, gap);
    await clock.sleep(Math.max(0, due - clock.now()), desk.hurry.signal);
  }

  async #showProgress(job: Job, desk: Desk): Promise<void> {
    const { roads, clock, log, expectedAt, waitOf } = this.#options;
    // While it waited for its turn the job may have ended.
    if (desk.hurry.signal.aborted) return;
    const facts = {
      now: clock.now(),
      expectedAt: await expectedAt(job),
      wait: job.status.state === 'queued' ? await waitOf(job) : undefined,
    };
    const card = progressCard(job, wordsFor(job.locale), facts);
    const shown = JSON.stringify(card);
    if (shown === desk.shown) return;
    try {
      const messageId = await roads.edit(job, card);
      desk.shown = shown;
      if (messageId !== undefined && job.card.messageId === null)
        await this.#saveMessageId(job.id, messageId);
    } catch (error) {
      // Progress is a courtesy: the next change brings the next try.
      log.warn({ err: error, jobId: job.id }, 'a progress edit failed');
    }
    desk.edits += 1;
    desk.lastEditAt = clock.now();
  }

  async #finish(job: Job): Promise<void> {
    const { jobs, log, clock } = this.#options;
    // A lost song may turn up while its card says that it is lost: what becomes of that card is no news of the song.
    const isStillSo = (now: Job): boolean => now.status.state === job.status.state;
    try {
      const arrival = await this.#deliver(job);
      if (arrival === undefined) return;
      const { messageId } = arrival;
      this.#options.reached?.('posted');
      const written = await jobs.update(job.id, (now) =>
        isStillSo(now)
          ? { ...now, delivery: 'delivered', card: { ...now.card, messageId, token: '' } }
          : { ...now, card: { ...now.card, messageId } },
      );
      this.#options.reached?.('delivered');
      log.info(
        { jobId: job.id, state: job.status.state, tookMs: clock.now() - job.createdAt },
        'card delivered',
      );
      const isOurs = written?.before.delivery === 'pending' && written.after.delivery === 'delivered';
      if (isOurs) this.#options.onDelivered?.(job, messageId);
      if (!arrival.pinged) await this.#announceLate(job, messageId);
    } catch (error) {
      const attempts = job.deliveryAttempts + 1;
      const hopeless =
        error instanceof NoRoad || (isRefused(error) && !isTooLarge(error)) || attempts >= mostAttempts;
      const waitMs = Math.min(retryMs.most, retryMs.first * 2 ** (attempts - 1));
      const level = this.#stopping.signal.aborted ? 'debug' : 'error';
      log[level](
        { err: error, jobId: job.id, attempts, hopeless, waitMs },
        'a finished card was not delivered',
      );
      if (this.#stopping.signal.aborted) return;
      await jobs.update(job.id, (now) =>
        isStillSo(now)
          ? {
              ...now,
              delivery: hopeless ? 'undeliverable' : 'pending',
              deliveryAttempts: attempts,
              nextDeliveryAt: clock.now() + waitMs,
            }
          : now,
      );
    }
  }

  /** After a restart or an hour of waiting nobody looks at the card any more. A courtesy, tried once. */
  async #announceLate(job: Job, messageId: string): Promise<void> {
    const { roads, clock, log } = this.#options;
    const now = clock.now();
    const late = now > job.card.tokenUntil || now - (job.finishedAt ?? now) > lateMs;
    if (!late || job.status.state !== 'succeeded') return;
    try {
      const link = `https://discord.com/channels/${job.guildId ?? '@me'}/${job.channelId}/${messageId}`;
      await roads.announce(job, wordsFor(job.locale).card.lateAt(job.userId, link));
    } catch (error) {
      log.warn({ err: error, jobId: job.id }, 'a late song could not be announced');
    }
  }

  /** Where the card is now; undefined when the song turned out to be unusable, which is news for the workshop. */
  async #deliver(job: Job): Promise<Arrival | undefined> {
    const { onUnusable, log, roads } = this.#options;
    const words = wordsFor(job.locale);
    if (job.status.state !== 'succeeded') {
      // A process may have died between finding a song unusable and tidying up.
      await this.#forgetFiles(job.id);
      const card = endedCard(job, words);
      return this.#edits(() => roads.deliver(job, { card, files: [], mention: `<@${job.userId}>` }));
    }
    const { result } = job.status;
    return this.#uploads(async () => {
      try {
        return await deliverResult(job, result, this.#options, this.#stopping.signal);
      } catch (error) {
        if (!(error instanceof NotAudio)) throw error;
        log.warn({ err: error, jobId: job.id }, 'a finished result has nothing usable');
        await onUnusable(job.id, result.is === 'clips' ? 'bad-audio' : 'bad-file');
        return undefined;
      } finally {
        // Before the delivery is written down: a process that dies in between leaves a job that will tidy up.
        await this.#forgetFiles(job.id);
      }
    });
  }

  /** What can't be deleted costs room on the disk, never a delivery. */
  async #forgetFiles(jobId: string): Promise<void> {
    const { folder, log } = this.#options;
    await forgetFiles(folder, jobId).catch((error: unknown) =>
      log.warn({ err: error, jobId }, "a song's files could not be deleted"),
    );
  }

  async #saveMessageId(jobId: string, messageId: string): Promise<void> {
    await this.#options.jobs.update(jobId, (now) =>
      now.card.messageId === null ? { ...now, card: { ...now.card, messageId } } : now,
    );
  }
}
