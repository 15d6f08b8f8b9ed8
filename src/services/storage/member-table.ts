/**
 * Everything that is kept about one person, across the tables: to be shown to them, and to be taken away. What waits for
 * an answer of theirs (a price to be agreed to, a form to be filled in) goes by itself within the hour.
 */
import type { Selectable } from 'kysely';
import type { Storage } from './database.ts';
import type { JobRow } from './schema.ts';

/** What is kept about a person, as JSON for their own eyes. Times are ISO 8601, amounts are credits. */
export interface KeptAbout {
  userId: string;
  requests: object[];
  songs: object[];
  favourites: object[];
  accounts: object[];
  entries: object[];
}

export class MemberTable {
  readonly #db: Storage['db'];

  constructor({ db }: Pick<Storage, 'db'>) {
    this.#db = db;
  }

  async keptAbout(userId: string): Promise<KeptAbout> {
    const jobs = await this.#db
      .selectFrom('job')
      .selectAll()
      .where('user_id', '=', userId)
      .where('erased', '=', 0)
      .orderBy('created_at')
      .execute();
    const tracks = await this.#db
      .selectFrom('track')
      .selectAll()
      .where('user_id', '=', userId)
      .orderBy('created_at')
      .orderBy('take')
      .execute();
    const favourites = await this.#db
      .selectFrom('favourite')
      .select(['track_id', 'at'])
      .where('user_id', '=', userId)
      .orderBy('at')
      .execute();
    const accounts = await this.#db
      .selectFrom('ledger_account')
      .selectAll()
      .where('user_id', '=', userId)
      .execute();
    const entries = await this.#db
      .selectFrom('ledger_entry')
      .selectAll()
      .where((entry) =>
        entry.or([entry('actor_id', '=', userId), ...accounts.map(({ id }) => entry('account_id', '=', id))]),
      )
      .orderBy('id')
      .execute();
    return {
      userId,
      requests: jobs.map(requestOf),
      songs: tracks.map(({ parents, words: _, created_at, board_at, ...track }) => ({
        ...track,
        parents: json(parents),
        on_board_at: timeOf(board_at),
        created_at: timeOf(created_at),
      })),
      favourites: favourites.map(({ track_id, at }) => ({ song: track_id, at: timeOf(at) })),
      accounts: accounts.map(({ id, name, reserved, used_day, used_week, used_month, ...account }) => {
        const { guild_id, allowance_credits, allowance_period, blocked } = account;
        const used = { day: used_day, week: used_week, month: used_month };
        return { id, guild_id, name, reserved, used, allowance_credits, allowance_period, blocked };
      }),
      entries: entries.map(({ at, ...entry }) => ({ at: timeOf(at), ...entry })),
    };
  }

  /**
   * Takes away all words of a person, their songs and favourites, and their name. What was spent stays with its account,
   * or a budget could be made whole by forgetting it. False, and nothing is changed, while something of theirs is under
   * way: it has been paid for and is still to be delivered.
   */
  async erase(userId: string): Promise<boolean> {
    return this.#db.transaction().execute(async (transaction) => {
      const underWay = await transaction
        .selectFrom('job')
        .select('id')
        .where('user_id', '=', userId)
        .where('erased', '=', 0)
        .where('set_aside', '=', 0)
        .where((job) =>
          job.or([
            job('state', 'in', ['queued', 'submitting', 'submitted', 'running']),
            job('delivery', '=', 'pending'),
          ]),
        )
        .limit(1)
        .executeTakeFirst();
      if (underWay !== undefined) return false;
      await transaction
        .updateTable('job')
        .set({
          erased: 1,
          inputs: '{}',
          next: null,
          parents: '[]',
          subject: null,
          status: '{}',
          channel_id: '',
          locale: '',
          token: '',
          message_id: null,
          // A lost song is waited for no longer.
          next_poll_at: null,
        })
        .where('user_id', '=', userId)
        .where('erased', '=', 0)
        .execute();
      const theirs = transaction.selectFrom('track').select('id').where('user_id', '=', userId);
      await transaction
        .deleteFrom('favourite')
        .where((favourite) =>
          favourite.or([favourite('user_id', '=', userId), favourite('track_id', 'in', theirs)]),
        )
        .execute();
      await transaction.deleteFrom('track_parent').where('parent_id', 'in', theirs).execute();
      await transaction.deleteFrom('track').where('user_id', '=', userId).execute();
      await transaction
        .updateTable('ledger_account')
        .set({ name: '' })
        .where('user_id', '=', userId)
        .execute();
      return true;
    });
  }
}

/** Without the secrets that lead to its card. */
function requestOf(row: Selectable<JobRow>): object {
  const { id, guild_id, channel_id, message_id, action, price, hold, state, subject } = row;
  return {
    id,
    guild_id,
    channel_id,
    message_id,
    action,
    inputs: json(row.inputs),
    next: row.next === null ? null : json(row.next),
    made_from: json(row.parents),
    subject,
    private: row.private === 1,
    price,
    hold,
    state,
    result: json(row.status),
    asked_at: timeOf(row.created_at),
    finished_at: timeOf(row.finished_at),
  };
}

const timeOf = (ms: number | null): string | null => (ms === null ? null : new Date(ms).toISOString());

/** A row that can't be read is shown as it lies there. */
function json(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return text;
  }
}
