/** Which tracks somebody may see, and which of those they look for: the order and the ids, from the indexes alone. */
import type { Expression, ExpressionBuilder, SelectQueryBuilder, SqlBool } from 'kysely';
import type { ActionKey } from '../../domain/actions.ts';
import { plainWords } from '../../domain/guild-settings.ts';
import type { Shelf } from '../../domain/shelf.ts';
import type { Connection } from './database.ts';
import type { Schema } from './schema.ts';

/** Who looks: their own tracks, and here those that are not private. */
export interface Viewer {
  userId: string;
  /** Null in direct messages: only their own. */
  guildId: string | null;
}

export interface Search extends Pick<Shelf, 'whose' | 'words'> {
  /** Null: by any. */
  actions: readonly ActionKey[] | null;
}

export interface Page {
  offset: number;
  limit: number;
}

type Tracks = ExpressionBuilder<Schema, 'track'>;
type Found = SelectQueryBuilder<Schema, 'track', { id: string; created_at: number; take: number }>;

/**
 * The one rule of who may see what, for songs that are found by something else. As a `case`, because SQLite takes an
 * `or` for an invitation to read everybody's songs from the indexes of members and servers.
 */
export function seenBy({ userId, guildId }: Viewer) {
  return (track: Tracks): Expression<SqlBool> =>
    track(
      track
        .case()
        .when('track.user_id', '=', userId)
        .then(1)
        .when(track.and([track('track.guild_id', '=', guildId), track('track.private', '=', 0)]))
        .then(1)
        .else(0)
        .end(),
      '=',
      1,
    );
}

/** Newest first, favourites by when they became that; ids of one page. */
export async function findIds(db: Connection, viewer: Viewer, search: Search, page: Page): Promise<string[]> {
  const { limit, offset } = page;
  if (search.whose === 'favourites') {
    const query = favourites(db, viewer, search).select('track.id');
    const rows = await query
      .orderBy('favourite.at', 'desc')
      .orderBy('track.id')
      .limit(limit)
      .offset(offset)
      .execute();
    return rows.map(({ id }) => id);
  }
  const [first, second] = parts(db, viewer, search);
  if (first === undefined) return [];
  // Each part comes in order from its index; the database merges them and stops at the page's end.
  const all = second === undefined ? first : first.unionAll(second);
  const rows = await all
    .orderBy('created_at', 'desc')
    .orderBy('take')
    .orderBy('id')
    .limit(limit)
    .offset(offset)
    .execute();
  return rows.map(({ id }) => id);
}

export async function countFound(db: Connection, viewer: Viewer, search: Search): Promise<number> {
  const count = (query: ReturnType<typeof favourites> | Found) =>
    (query as SelectQueryBuilder<Schema, 'track', object>)
      .clearSelect()
      .select((row) => row.fn.countAll<number | string>().as('count'))
      .executeTakeFirst();
  const queries =
    search.whose === 'favourites' ? [favourites(db, viewer, search)] : parts(db, viewer, search);
  let all = 0;
  for (const query of queries) all += Number((await count(query))?.count ?? 0);
  return all;
}

/** Two queries that have nothing in common: an `or` of both would find no order in any index. */
function parts(db: Connection, { userId, guildId }: Viewer, search: Search): Found[] {
  const base = matching(db.selectFrom('track').select(['id', 'created_at', 'take']), search);
  const mine = base.where('user_id', '=', userId);
  const here = guildId === null ? [] : [base.where('guild_id', '=', guildId).where('private', '=', 0)];
  if (search.whose === 'mine') return [mine];
  if (search.whose === 'server') return here;
  return [mine, ...here.map((query) => query.where('user_id', '<>', userId))];
}

function favourites(db: Connection, viewer: Viewer, search: Search) {
  const query = db
    .selectFrom('favourite')
    .innerJoin('track', 'track.id', 'favourite.track_id')
    .where('favourite.user_id', '=', viewer.userId)
    .where((track) => seenBy(viewer)(track as unknown as Tracks));
  return matching(
    query as unknown as SelectQueryBuilder<Schema, 'track', object>,
    search,
  ) as unknown as typeof query;
}

function matching<T>(
  query: SelectQueryBuilder<Schema, 'track', T>,
  { words, actions }: Search,
): typeof query {
  let found = query;
  // Letters and digits are all that is left of them: nothing in them means anything to `like`.
  for (const word of plainWords(words).split(' ')) {
    if (word !== '') found = found.where('track.words', 'like', `%${word}%`);
  }
  return actions === null ? found : found.where('track.action', 'in', actions.length === 0 ? [''] : actions);
}
