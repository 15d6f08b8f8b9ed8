/** The `job` table: what is asked of it, and how it is changed. What the states mean is domain/job.ts' matter. */
import type { Selectable } from 'kysely';
import type { ActionKey } from '../../domain/actions.ts';
import { CorruptRow } from '../../domain/errors.ts';
import type { JobState, JobStatus } from '../../domain/job.ts';
import type { Job } from '../../domain/job-record.ts';
import type { Waiting } from '../../domain/fair-pick.ts';
import type { Connection, Storage } from './database.ts';
import { fromRow, toRow } from './job-row.ts';
import type { JobRow } from './schema.ts';

/** What the poller needs of a job. */
export interface OpenTask {
  id: string;
  taskId: string;
  action: ActionKey;
  status: JobStatus;
  submittedAt: number;
  missingSince: number | null;
}

const underWay: JobState[] = ['submitting', 'submitted', 'running'];
const over: JobState[] = ['succeeded', 'failed', 'cancelled', 'lost', 'unconfirmed'];

export interface JobTableOptions {
  /** Takes part in every change, in its transaction: what a job's new state means for its credits. */
  follow: (transaction: Connection, after: Job) => Promise<Job>;
  onCorrupt: (error: CorruptRow) => void;
}

export class JobTable {
  readonly #db: Storage['db'];
  readonly #lockRows: boolean;
  readonly #follow: JobTableOptions['follow'];
  readonly #onCorrupt: JobTableOptions['onCorrupt'];

  constructor({ db, engine }: Pick<Storage, 'db' | 'engine'>, options: JobTableOptions) {
    this.#db = db;
    this.#lockRows = engine === 'postgres';
    this.#follow = options.follow;
    this.#onCorrupt = options.onCorrupt;
  }

  /**
   * Writes the job down unless its interaction already has one: then undefined, and nothing is written. `hold` takes
   * part in the transaction: when it throws, there is no job either.
   */
  async insert<T>(job: Job, hold: (transaction: Connection) => Promise<T>): Promise<T | undefined> {
    return this.#db.transaction().execute(async (transaction) => {
      const result = await transaction
        .insertInto('job')
        .values(toRow(job))
        .onConflict((conflict) => conflict.column('interaction_id').doNothing())
        .executeTakeFirst();
      if ((result.numInsertedOrUpdatedRows ?? 0n) === 0n) return undefined;
      return hold(transaction);
    });
  }

  /** Also when it was erased since: its interaction makes no other. */
  async hasJob(interactionId: string): Promise<boolean> {
    const row = await this.#db
      .selectFrom('job')
      .select('id')
      .where('interaction_id', '=', interactionId)
      .executeTakeFirst();
    return row !== undefined;
  }

  async find(id: string): Promise<Job | undefined> {
    const row = await this.#db
      .selectFrom('job')
      .selectAll()
      .where('id', '=', id)
      .where('erased', '=', 0)
      .executeTakeFirst();
    return row === undefined ? undefined : (await this.#readAll([row]))[0];
  }

  /**
   * Reads a job, lets `change` say what is different, writes that. Atomic: two changes of one job never overlap.
   * `change` must not wait for anything. Undefined when there is no such job or its row can't be read.
   */
  async update(id: string, change: (job: Job) => Job): Promise<{ before: Job; after: Job } | undefined> {
    return this.#db.transaction().execute(async (transaction) => {
      const query = transaction.selectFrom('job').selectAll().where('id', '=', id).where('erased', '=', 0);
      const row = await (this.#lockRows ? query.forUpdate() : query).executeTakeFirst();
      const [before] = row === undefined ? [] : await this.#readAll([row], transaction);
      if (before === undefined) return undefined;
      const changed = change(before);
      const after = changed === before ? before : await this.#follow(transaction, changed);
      if (after !== before) {
        const { id: _, ...columns } = toRow(after);
        await transaction.updateTable('job').set(columns).where('id', '=', id).execute();
      }
      return { before, after };
    });
  }

  /** Queued jobs that may go now and whose server isn't paused, light: the pick needs only who and when. */
  async waiting(now: number): Promise<Waiting[]> {
    const rows = await this.#db
      .selectFrom('job')
      .select(['id', 'guild_id', 'user_id', 'created_at'])
      .where('state', '=', 'queued')
      .where('not_before', '<=', now)
      .where('set_aside', '=', 0)
      .where((job) =>
        job.not(
          job.exists(
            job
              .selectFrom('ledger_account')
              .select('ledger_account.id')
              .whereRef('ledger_account.guild_id', '=', 'job.guild_id')
              .where('ledger_account.user_id', 'is', null)
              .where('ledger_account.paused', '=', 1),
          ),
        ),
      )
      .execute();
    return rows.map((row) => ({
      id: row.id,
      guildId: row.guild_id,
      userId: row.user_id,
      createdAt: row.created_at,
    }));
  }

  /** Ids of waiting jobs, whatever they wait for; at most so many of the oldest. */
  async queued(guildId: string | null, limit = 200): Promise<string[]> {
    const rows = await this.#db
      .selectFrom('job')
      .select('id')
      .where('state', '=', 'queued')
      .where('set_aside', '=', 0)
      .$if(guildId !== null, (query) => query.where('guild_id', '=', guildId))
      .orderBy('created_at')
      .limit(limit)
      .execute();
    return rows.map((row) => row.id);
  }

  /** Who occupies slots: everything between the submit and its end. */
  async busy(): Promise<Pick<Waiting, 'guildId' | 'userId'>[]> {
    const rows = await this.#db
      .selectFrom('job')
      .select(['guild_id', 'user_id'])
      .where('state', 'in', underWay)
      .where('set_aside', '=', 0)
      .execute();
    return rows.map((row) => ({ guildId: row.guild_id, userId: row.user_id }));
  }

  /** Tasks to ask about by `until`, lost ones among them while their late news is still welcome. */
  async openTasks(until: number): Promise<OpenTask[]> {
    const rows = await this.#db
      .selectFrom('job')
      .selectAll()
      .where('state', 'in', ['submitted', 'running', 'lost'])
      .where('next_poll_at', '<=', until)
      .where('set_aside', '=', 0)
      .orderBy('next_poll_at')
      .execute();
    const jobs = await this.#readAll(rows);
    return jobs.flatMap(({ id, action, status, submittedAt, missingSince }) =>
      'taskId' in status && status.taskId !== null
        ? {
            id,
            taskId: status.taskId,
            action,
            status,
            submittedAt: submittedAt ?? 0,
            missingSince,
          }
        : [],
    );
  }

  /** They were answered for; the next look is at `nextPollAt`, or never when null. */
  async setPolled(ids: readonly string[], nextPollAt: number | null): Promise<void> {
    if (ids.length === 0) return;
    await this.#db
      .updateTable('job')
      .set({ next_poll_at: nextPollAt, missing_since: null })
      .where('id', 'in', ids)
      .execute();
  }

  async setMissing(id: string, missingSince: number, nextPollAt: number | null): Promise<void> {
    await this.#db
      .updateTable('job')
      .set({ missing_since: missingSince, next_poll_at: nextPollAt })
      .where('id', '=', id)
      .execute();
  }

  /** Finished jobs whose card hasn't been accepted by Discord, due for the next try. */
  async undelivered(now: number): Promise<Job[]> {
    const rows = await this.#db
      .selectFrom('job')
      .selectAll()
      .where('delivery', '=', 'pending')
      .where('state', 'in', over)
      .where('next_delivery_at', '<=', now)
      .where('set_aside', '=', 0)
      .orderBy('next_delivery_at')
      .limit(100)
      .execute();
    return this.#readAll(rows);
  }

  /** Ids of jobs that have been in this state's queue since before `cutoff`: by request time, or by submit time. */
  async stale(state: 'queued' | 'submitting', cutoff: number): Promise<string[]> {
    const rows = await this.#db
      .selectFrom('job')
      .select('id')
      .where('state', '=', state)
      .where(state === 'queued' ? 'created_at' : 'submitted_at', '<=', cutoff)
      .where('set_aside', '=', 0)
      .execute();
    return rows.map((row) => row.id);
  }

  /** Is there anything for the ticker to do? */
  async anythingOpen(): Promise<boolean> {
    const row = await this.#db
      .selectFrom('job')
      .select('id')
      .where('set_aside', '=', 0)
      .where((job) =>
        job.or([
          job('state', 'in', ['queued', ...underWay]),
          job.and([job('state', '=', 'lost'), job('next_poll_at', 'is not', null)]),
          job.and([job('delivery', '=', 'pending'), job('state', 'in', over)]),
        ]),
      )
      .limit(1)
      .executeTakeFirst();
    return row !== undefined;
  }

  /** A member's newest jobs in one guild (or their direct messages), newest first. */
  async ofMember(userId: string, guildId: string | null, limit: number): Promise<Job[]> {
    const rows = await this.#db
      .selectFrom('job')
      .selectAll()
      .where('user_id', '=', userId)
      .where('guild_id', guildId === null ? 'is' : '=', guildId)
      .where('erased', '=', 0)
      .orderBy('created_at', 'desc')
      .limit(limit)
      .execute();
    return this.#readAll(rows);
  }

  /** One bad row spoils one job: it is reported and kept out of every queue, never deleted. */
  async #readAll(rows: Selectable<JobRow>[], connection: Connection = this.#db): Promise<Job[]> {
    const jobs: Job[] = [];
    for (const row of rows) {
      try {
        jobs.push(fromRow(row));
      } catch (error) {
        await connection.updateTable('job').set({ set_aside: 1 }).where('id', '=', row.id).execute();
        this.#onCorrupt(new CorruptRow('job', row.id, { cause: error }));
      }
    }
    return jobs;
  }
}
