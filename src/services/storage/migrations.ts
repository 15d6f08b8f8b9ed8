/** Forward only, run at start, in the order of their names. A migration that has shipped is never edited. */
import { PostgresAdapter, type Kysely } from 'kysely';
import type { Migration } from 'kysely/migration';

export const migrations: Record<string, Migration> = {
  '0001-jobs-and-kv': {
    async up(db: Kysely<unknown>) {
      await db.schema
        .createTable('job')
        .addColumn('id', 'text', (column) => column.primaryKey())
        .addColumn('guild_id', 'text')
        .addColumn('channel_id', 'text', (column) => column.notNull())
        .addColumn('user_id', 'text', (column) => column.notNull())
        .addColumn('locale', 'text', (column) => column.notNull())
        .addColumn('action', 'text', (column) => column.notNull())
        .addColumn('inputs', 'text', (column) => column.notNull())
        .addColumn('private', 'integer', (column) => column.notNull())
        .addColumn('price', 'integer', (column) => column.notNull())
        .addColumn('created_at', 'bigint', (column) => column.notNull())
        .addColumn('state', 'text', (column) => column.notNull())
        .addColumn('task_id', 'text')
        .addColumn('status', 'text', (column) => column.notNull())
        .addColumn('submitted_at', 'bigint')
        .addColumn('finished_at', 'bigint')
        .addColumn('not_before', 'bigint', (column) => column.notNull())
        .addColumn('next_poll_at', 'bigint')
        .addColumn('missing_since', 'bigint')
        .addColumn('charge', 'bigint')
        .addColumn('interaction_id', 'text', (column) => column.notNull().unique())
        .addColumn('application_id', 'text', (column) => column.notNull())
        .addColumn('token', 'text', (column) => column.notNull())
        .addColumn('token_until', 'bigint', (column) => column.notNull())
        .addColumn('message_id', 'text')
        .addColumn('attachment_limit', 'bigint', (column) => column.notNull())
        .addColumn('delivery', 'text', (column) => column.notNull())
        .addColumn('delivery_attempts', 'integer', (column) => column.notNull())
        .addColumn('next_delivery_at', 'bigint', (column) => column.notNull())
        .addColumn('set_aside', 'integer', (column) => column.notNull().defaultTo(0))
        .execute();
      await db.schema.createIndex('job_by_state').on('job').columns(['state', 'next_poll_at']).execute();
      await db.schema.createIndex('job_by_delivery').on('job').columns(['delivery', 'state']).execute();
      await db.schema.createIndex('job_by_member').on('job').columns(['user_id', 'created_at']).execute();

      await db.schema
        .createTable('kv')
        .addColumn('namespace', 'text', (column) => column.notNull())
        .addColumn('key', 'text', (column) => column.notNull())
        .addColumn('value', 'text', (column) => column.notNull())
        .addColumn('expires', 'bigint')
        .addPrimaryKeyConstraint('kv_key', ['namespace', 'key'])
        .execute();
    },
  },

  '0002-ledger': {
    async up(db: Kysely<unknown>) {
      await db.schema
        .alterTable('job')
        .addColumn('hold', 'text', (column) => column.notNull().defaultTo('none'))
        .execute();
      await db.schema
        .createTable('ledger_account')
        .addColumn('id', 'text', (column) => column.primaryKey())
        .addColumn('guild_id', 'text')
        .addColumn('user_id', 'text')
        .addColumn('name', 'text', (column) => column.notNull())
        .addColumn('reserved', 'bigint', (column) => column.notNull())
        .addColumn('used_day', 'bigint', (column) => column.notNull())
        .addColumn('used_week', 'bigint', (column) => column.notNull())
        .addColumn('used_month', 'bigint', (column) => column.notNull())
        .addColumn('since_day', 'bigint', (column) => column.notNull())
        .addColumn('since_week', 'bigint', (column) => column.notNull())
        .addColumn('since_month', 'bigint', (column) => column.notNull())
        .addColumn('allowance_credits', 'bigint')
        .addColumn('allowance_period', 'text')
        .addColumn('ceiling_credits', 'bigint')
        .addColumn('ceiling_period', 'text')
        .addColumn('time_zone', 'text', (column) => column.notNull())
        .addColumn('paused', 'integer', (column) => column.notNull())
        .addColumn('blocked', 'integer', (column) => column.notNull())
        .addColumn('alarm_since', 'bigint', (column) => column.notNull())
        .addColumn('alarm_percent', 'integer', (column) => column.notNull())
        .execute();
      await db.schema
        .createIndex('ledger_account_by_guild')
        .on('ledger_account')
        .column('guild_id')
        .execute();

      await db.schema
        .createTable('ledger_entry')
        .addColumn('id', engineOf(db) === 'postgres' ? 'bigserial' : 'integer', (column) =>
          column.primaryKey(),
        )
        .addColumn('at', 'bigint', (column) => column.notNull())
        .addColumn('account_id', 'text', (column) => column.notNull())
        .addColumn('guild_id', 'text')
        .addColumn('kind', 'text', (column) => column.notNull())
        .addColumn('credits', 'bigint', (column) => column.notNull())
        .addColumn('job_id', 'text')
        .addColumn('action', 'text')
        .addColumn('actor_id', 'text')
        .addColumn('reason', 'text', (column) => column.notNull())
        .execute();
      await db.schema
        .createIndex('ledger_entry_by_guild')
        .on('ledger_entry')
        .columns(['guild_id', 'kind', 'at'])
        .execute();
      // A job is held, settled and released at most once per account, whatever the code believes.
      await db.schema
        .createIndex('ledger_entry_once')
        .unique()
        .on('ledger_entry')
        .columns(['account_id', 'job_id', 'kind'])
        .where('job_id', 'is not', null)
        .execute();

      await db.schema
        .createTable('role_allowance')
        .addColumn('guild_id', 'text', (column) => column.notNull())
        .addColumn('role_id', 'text', (column) => column.notNull())
        .addColumn('credits', 'bigint', (column) => column.notNull())
        .addColumn('period', 'text', (column) => column.notNull())
        .addPrimaryKeyConstraint('role_allowance_key', ['guild_id', 'role_id'])
        .execute();
    },
  },

  '0003-library': {
    async up(db: Kysely<unknown>) {
      const job = db.schema.alterTable('job');
      await job.addColumn('next', 'text').execute();
      await job.addColumn('parents', 'text', (column) => column.notNull().defaultTo('[]')).execute();
      await job.addColumn('subject', 'text').execute();
      await job.addColumn('charged_before', 'bigint', (column) => column.notNull().defaultTo(0)).execute();
      await job.addColumn('erased', 'integer', (column) => column.notNull().defaultTo(0)).execute();

      await db.schema
        .createTable('track')
        .addColumn('id', 'text', (column) => column.primaryKey())
        .addColumn('job_id', 'text', (column) => column.notNull())
        .addColumn('take', 'integer', (column) => column.notNull())
        .addColumn('guild_id', 'text')
        .addColumn('channel_id', 'text', (column) => column.notNull())
        .addColumn('user_id', 'text', (column) => column.notNull())
        .addColumn('private', 'integer', (column) => column.notNull())
        .addColumn('platform', 'text', (column) => column.notNull())
        .addColumn('clip_id', 'text', (column) => column.notNull())
        .addColumn('title', 'text', (column) => column.notNull())
        .addColumn('style', 'text')
        .addColumn('lyrics', 'text')
        .addColumn('prompt', 'text')
        .addColumn('model', 'text')
        .addColumn('seed', 'text')
        .addColumn('seconds', 'double precision')
        .addColumn('audio_url', 'text')
        .addColumn('image_url', 'text')
        .addColumn('action', 'text', (column) => column.notNull())
        .addColumn('parents', 'text', (column) => column.notNull())
        .addColumn('words', 'text', (column) => column.notNull())
        .addColumn('timing', 'text')
        .addColumn('board_at', 'bigint')
        .addColumn('created_at', 'bigint', (column) => column.notNull())
        // A job's takes go into the library once, whatever the code believes.
        .addUniqueConstraint('track_once', ['job_id', 'take'])
        .execute();
      // In the order in which songs are listed, with all that is searched: what doesn't fit is passed over unread.
      await db.schema
        .createIndex('track_by_guild')
        .on('track')
        .columns(['guild_id', 'created_at desc', 'take', 'id', 'words', 'private', 'user_id', 'action'])
        .execute();
      await db.schema
        .createIndex('track_by_member')
        .on('track')
        .columns(['user_id', 'created_at desc', 'take', 'id', 'words', 'action'])
        .execute();
      await db.schema.createIndex('track_by_clip').on('track').column('clip_id').execute();

      await db.schema
        .createTable('favourite')
        .addColumn('user_id', 'text', (column) => column.notNull())
        .addColumn('track_id', 'text', (column) => column.notNull())
        .addColumn('at', 'bigint', (column) => column.notNull())
        .addPrimaryKeyConstraint('favourite_key', ['user_id', 'track_id'])
        .execute();
      await db.schema.createIndex('favourite_by_track').on('favourite').column('track_id').execute();

      // Takes of a job have the same parents, and the ids of takes are only sure once they are on the shelf.
      await db.schema
        .createTable('track_parent')
        .addColumn('parent_id', 'text', (column) => column.notNull())
        .addColumn('job_id', 'text', (column) => column.notNull())
        .addPrimaryKeyConstraint('track_parent_key', ['parent_id', 'job_id'])
        .execute();
    },
  },
};

/** The two databases spell a key that counts up differently. */
function engineOf(db: Kysely<unknown>): 'sqlite' | 'postgres' {
  return db.getExecutor().adapter instanceof PostgresAdapter ? 'postgres' : 'sqlite';
}
