/** Forward only, run at start, in the order of their names. A migration that has shipped is never edited. */
import type { Kysely } from 'kysely';
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
};
