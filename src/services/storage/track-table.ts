/** The `track` table: the library's shelves. Who may see what is decided by who asks, in every query. */
import type { Selectable } from 'kysely';
import { z } from 'zod';
import { CorruptRow } from '../../domain/errors.ts';
import { plainWords } from '../../domain/guild-settings.ts';
import { sungWordSchema, type SungWord } from '../../domain/result.ts';
import type { Track } from '../../domain/track.ts';
import type { Connection, Storage } from './database.ts';
import type { TrackRow } from './schema.ts';
import { fromTrackRow, toTrackRow } from './track-row.ts';

/** Who looks: their own tracks, and here those that are not private. */
export interface Viewer {
  userId: string;
  /** Null in direct messages: only their own. */
  guildId: string | null;
}

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

  /** One that this viewer may see; undefined for any other. */
  async find(id: string, viewer: Viewer): Promise<Track | undefined> {
    const rows = await this.#seenBy(viewer).where('id', '=', id).execute();
    return this.#readAll(rows)[0];
  }

  /** A job's takes, in their order; of those that this viewer may see. */
  async ofJob(jobId: string, viewer: Viewer): Promise<Track[]> {
    const rows = await this.#seenBy(viewer).where('job_id', '=', jobId).orderBy('take').execute();
    return this.#readAll(rows);
  }

  /** A job's takes, whoever asks: for the job's own card. */
  async takesOf(jobId: string): Promise<Track[]> {
    const rows = await this.#db
      .selectFrom('track')
      .selectAll()
      .where('job_id', '=', jobId)
      .orderBy('take')
      .execute();
    return this.#readAll(rows);
  }

  /** The newest of a viewer's songs in which each of the typed words occurs; all, when none was typed. */
  async suggest(viewer: Viewer, typed: string, limit: number): Promise<Track[]> {
    let query = this.#seenBy(viewer);
    for (const word of plainWords(typed).split(' '))
      if (word !== '') query = query.where('words', 'like', `%${word}%`);
    return this.#readAll(await query.orderBy('created_at', 'desc').limit(limit).execute());
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

  #seenBy({ userId, guildId }: Viewer) {
    return this.#db
      .selectFrom('track')
      .selectAll()
      .where((track) =>
        track.or([
          track('user_id', '=', userId),
          ...(guildId === null
            ? []
            : [track.and([track('guild_id', '=', guildId), track('private', '=', 0)])]),
        ]),
      );
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
