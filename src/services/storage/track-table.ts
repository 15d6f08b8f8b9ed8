/** The `track` table: the library's shelves. Who may see what is decided by who asks, in every query. */
import type { Selectable } from 'kysely';
import { z } from 'zod';
import { CorruptRow } from '../../domain/errors.ts';
import { sungWordSchema, type SungWord } from '../../domain/result.ts';
import type { Track } from '../../domain/track.ts';
import type { Connection, Storage } from './database.ts';
import type { TrackRow } from './schema.ts';
import { countFound, findIds, seenBy, type Page, type Search, type Viewer } from './shelf-query.ts';
import { fromTrackRow, toTrackRow } from './track-row.ts';

export type { Search, Viewer } from './shelf-query.ts';

export class TrackTable {
  readonly #db: Storage['db'];
  readonly #onCorrupt: (error: CorruptRow) => void;

  constructor({ db }: Pick<Storage, 'db'>, options: { onCorrupt: (error: CorruptRow) => void }) {
    this.#db = db;
    this.#onCorrupt = options.onCorrupt;
  }

  /** Takes part in the transaction that finishes a job. What is on the shelf already stays as it is. */
  async add(transaction: Connection, tracks: readonly Track[]): Promise<void> {
    if (tracks.length === 0) return;
    await transaction
      .insertInto('track')
      .values(tracks.map(toTrackRow))
      .onConflict((conflict) => conflict.columns(['job_id', 'take']).doNothing())
      .execute();
    const links = tracks.flatMap(({ jobId, parents }) => parents.map((parent) => `${parent} ${jobId}`));
    if (links.length === 0) return;
    await transaction
      .insertInto('track_parent')
      .values(
        [...new Set(links)].map((link) => {
          const [parentId = '', jobId = ''] = link.split(' ');
          return { parent_id: parentId, job_id: jobId };
        }),
      )
      .onConflict((conflict) => conflict.columns(['parent_id', 'job_id']).doNothing())
      .execute();
  }

  /** When the words of a clip are sung, as the song API has found out for somebody. In that job's transaction. */
  async keepTiming(transaction: Connection, clipId: string, words: readonly SungWord[]): Promise<void> {
    await transaction
      .updateTable('track')
      .set({ timing: JSON.stringify(words) })
      .where('clip_id', '=', clipId)
      .execute();
  }

  /** Undefined where nobody has asked yet. */
  async timingOf(trackId: string): Promise<SungWord[] | undefined> {
    const row = await this.#db
      .selectFrom('track')
      .select('timing')
      .where('id', '=', trackId)
      .executeTakeFirst();
    if (row === undefined || row.timing === null) return undefined;
    const parsed = z.array(sungWordSchema).safeParse(JSON.parse(row.timing));
    return parsed.success ? parsed.data : undefined;
  }

  /** Lengths of a job's takes as our own ears have found them; `take` counts from 1. */
  async measured(jobId: string, takes: readonly { take: number; seconds: number }[]): Promise<void> {
    for (const { take, seconds } of takes)
      await this.#db
        .updateTable('track')
        .set({ seconds })
        .where('job_id', '=', jobId)
        .where('take', '=', take)
        .execute();
  }

  /** One that this viewer may see; undefined for any other. */
  async find(id: string, viewer: Viewer): Promise<Track | undefined> {
    return (await this.findAll([id], viewer))[0];
  }

  /** Those that this viewer may see, in the order of the ids. */
  async findAll(ids: readonly string[], viewer: Viewer): Promise<Track[]> {
    if (ids.length === 0) return [];
    const rows = await this.#seenBy(viewer).where('id', 'in', ids).execute();
    const byId = new Map(this.#readAll(rows).map((track) => [track.id, track]));
    return ids.flatMap((id) => byId.get(id) ?? []);
  }

  /** A job's takes, in their order; of those that this viewer may see. */
  async ofJob(jobId: string, viewer: Viewer): Promise<Track[]> {
    const rows = await this.#seenBy(viewer).where('job_id', '=', jobId).orderBy('take').execute();
    return this.#readAll(rows);
  }

  /** A job's takes, whoever asks: for the job's own card. */
  async takesOf(jobId: string): Promise<Track[]> {
    const query = this.#db.selectFrom('track').selectAll().where('job_id', '=', jobId);
    return this.#readAll(await query.orderBy('take').execute());
  }

  /** What was made from any of these, oldest first; of those that this viewer may see. */
  async madeFrom(ids: readonly string[], viewer: Viewer, limit: number): Promise<Track[]> {
    if (ids.length === 0) return [];
    const rows = await this.#seenBy(viewer)
      .where('job_id', 'in', (link) =>
        link.selectFrom('track_parent').select('track_parent.job_id').where('parent_id', 'in', ids),
      )
      .orderBy('created_at')
      .orderBy('take')
      .limit(limit)
      .execute();
    return this.#readAll(rows);
  }

  /**
   * The newest of a viewer's songs in which each of the typed words occurs. When none was typed: their favourites, then
   * the newest.
   */
  async suggest(viewer: Viewer, typed: string, limit: number): Promise<Track[]> {
    const search = { words: typed, actions: null };
    const page = { offset: 0, limit };
    const first =
      typed.trim() === '' ? await findIds(this.#db, viewer, { ...search, whose: 'favourites' }, page) : [];
    const newest =
      first.length < limit ? await findIds(this.#db, viewer, { ...search, whose: 'everything' }, page) : [];
    return this.findAll([...new Set([...first, ...newest])].slice(0, limit), viewer);
  }

  /** One page of what is looked for, and how many there are in all. */
  async list(viewer: Viewer, search: Search, page: Page): Promise<{ tracks: Track[]; count: number }> {
    const ids = await findIds(this.#db, viewer, search, page);
    const isLast = ids.length < page.limit && (ids.length > 0 || page.offset === 0);
    return {
      tracks: await this.findAll(ids, viewer),
      count: isLast ? page.offset + ids.length : await countFound(this.#db, viewer, search),
    };
  }

  /** Puts a song among a member's favourites; false where it is one already. */
  async favour(userId: string, trackId: string, at: number): Promise<boolean> {
    const result = await this.#db
      .insertInto('favourite')
      .values({ user_id: userId, track_id: trackId, at })
      .onConflict((conflict) => conflict.columns(['user_id', 'track_id']).doNothing())
      .executeTakeFirst();
    return (result.numInsertedOrUpdatedRows ?? 0n) > 0n;
  }

  async unfavour(userId: string, trackId: string): Promise<void> {
    await this.#db
      .deleteFrom('favourite')
      .where('user_id', '=', userId)
      .where('track_id', '=', trackId)
      .execute();
  }

  /** Marks a song as posted to its server's board; false where it has been, or has none to be posted to. */
  async toBoard(trackId: string, at: number): Promise<boolean> {
    const result = await this.#db
      .updateTable('track')
      .set({ board_at: at })
      .where('id', '=', trackId)
      .where('private', '=', 0)
      .where('guild_id', 'is not', null)
      .where('board_at', 'is', null)
      .executeTakeFirst();
    return result.numUpdatedRows > 0n;
  }

  /** It couldn't be posted there after all. */
  async offBoard(trackId: string): Promise<void> {
    await this.#db.updateTable('track').set({ board_at: null }).where('id', '=', trackId).execute();
  }

  /** How many members have it among their favourites. */
  async countFavourites(trackId: string): Promise<number> {
    const { count } = await this.#db
      .selectFrom('favourite')
      .select((favourite) => favourite.fn.countAll<number | string>().as('count'))
      .where('track_id', '=', trackId)
      .executeTakeFirstOrThrow();
    return Number(count);
  }

  /**
   * Takes a song off the shelf, with whoever liked it. False where it isn't there, and while its card is on the way: the
   * delivery would put it back.
   */
  async remove(trackId: string): Promise<boolean> {
    return this.#db.transaction().execute(async (transaction) => {
      const result = await transaction
        .deleteFrom('track')
        .where('id', '=', trackId)
        .where('job_id', 'not in', (job) =>
          job.selectFrom('job').select('job.id').where('delivery', '=', 'pending'),
        )
        .executeTakeFirst();
      if (result.numDeletedRows === 0n) return false;
      await transaction.deleteFrom('favourite').where('track_id', '=', trackId).execute();
      await transaction.deleteFrom('track_parent').where('parent_id', '=', trackId).execute();
      return true;
    });
  }

  /** Its result turned out to be no song. In the transaction that says so. */
  async removeOf(transaction: Connection, jobId: string): Promise<void> {
    await transaction.deleteFrom('track').where('job_id', '=', jobId).execute();
  }

  #seenBy(viewer: Viewer) {
    return this.#db.selectFrom('track').selectAll().where(seenBy(viewer));
  }

  /** One bad row spoils one track: it is reported and left where it is. */
  #readAll(rows: Selectable<TrackRow>[]): Track[] {
    return rows.flatMap((row) => {
      try {
        return fromTrackRow(row);
      } catch (error) {
        this.#onCorrupt(new CorruptRow('track', row.id, { cause: error }));
        return [];
      }
    });
  }
}
