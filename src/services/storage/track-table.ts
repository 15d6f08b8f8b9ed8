/** The `track` table: the library's shelves. Who may see what is decided by who asks, in every query. */
import type { Selectable } from 'kysely';
import { CorruptRow } from '../../domain/errors.ts';
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
