/** Opens the one database: a SQLite file, or PostgreSQL when an address is given; migrates it; hands out its rooms. */
import { chmodSync, closeSync, mkdirSync, openSync } from 'node:fs';
import { join } from 'node:path';
import { Kysely, type Dialect, type Transaction } from 'kysely';
import { Migrator } from 'kysely/migration';
import type { z } from 'zod';
import { migrations } from './migrations.ts';
import { postgresDialect } from './postgres-dialect.ts';
import type { Schema } from './schema.ts';
import { sqliteDialect } from './sqlite-dialect.ts';
import { StrictKv, type KvOptions } from './strict-kv.ts';

export type Database = Kysely<Schema>;
/** The database itself, or a transaction on it. */
export type Connection = Database | Transaction<Schema>;

export interface StorageOptions extends KvOptions {
  /** `postgres://…`; absent: SQLite in `dataDir`. */
  databaseUrl: string | undefined;
  /** Made when it isn't there; readable by its owner only, since interaction tokens and prompts lie in it. */
  dataDir: string;
}

export interface Storage {
  readonly db: Database;
  readonly engine: 'sqlite' | 'postgres';
  /** A corner of the key-value store with values of one shape. */
  kv<T>(namespace: string, schema: z.ZodType<T>): StrictKv<T>;
  close(): Promise<void>;
}

/** Throws when the file can't be opened, the server can't be reached, or a migration fails. */
export async function openStorage(options: StorageOptions): Promise<Storage> {
  const engine = options.databaseUrl === undefined ? 'sqlite' : 'postgres';
  const dialect =
    options.databaseUrl === undefined
      ? sqlite(options.dataDir)
      : postgresDialect(options.databaseUrl, (error) => options.onError('postgres', error));
  const db: Database = new Kysely<Schema>({ dialect });
  try {
    await migrate(db);
  } catch (error) {
    await db.destroy();
    throw error;
  }
  return {
    db,
    engine,
    kv: (namespace, schema) => new StrictKv(db, namespace, schema, options),
    close: () => db.destroy(),
  };
}

function sqlite(dataDir: string): Dialect {
  mkdirSync(dataDir, { recursive: true, mode: 0o700 });
  const file = join(dataDir, 'minstrel.sqlite');
  // Made here, so that it is private from its first byte; SQLite gives its journals the same mode.
  closeSync(openSync(file, 'a', 0o600));
  chmodSync(file, 0o600);
  return sqliteDialect(file);
}

export async function migrate(db: Database): Promise<void> {
  const migrator = new Migrator({ db, provider: { getMigrations: () => Promise.resolve(migrations) } });
  const { error } = await migrator.migrateToLatest();
  if (error !== undefined) throw new Error('the database could not be migrated', { cause: error });
}
