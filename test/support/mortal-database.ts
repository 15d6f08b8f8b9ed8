import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync, type SQLInputValue, type StatementSync } from 'node:sqlite';
import {
  Kysely,
  SqliteDialect,
  type DatabaseConnection,
  type Dialect,
  type Driver,
  type QueryResult,
} from 'kysely';
import pLimit from 'p-limit';
import { onTestFinished } from 'vitest';
import { migrate, type Storage } from '../../src/services/storage/database.ts';
import type { Schema } from '../../src/services/storage/schema.ts';
import { StrictKv } from '../../src/services/storage/strict-kv.ts';

/** What a process that has died says: nothing, ever. */
export const never = new Promise<never>(() => undefined);

/** A process' life as its database sees it. Once it is over, nothing is asked and no answer arrives any more. */
export class Life {
  readonly #end = Promise.withResolvers<'dead'>();
  #last = Number.POSITIVE_INFINITY;
  /** How many it has asked. */
  questions = 0;
  over = false;

  /** Resolves when it is over. */
  get end(): Promise<'dead'> {
    return this.#end.promise;
  }

  die(): void {
    this.over = true;
    this.#end.resolve('dead');
  }

  /** Dies instead of asking the question after so many; `begin` and `commit` are questions, too. */
  dieAfter(questions: number): void {
    this.#last = this.questions + questions;
  }

  async ask<T>(question: () => Promise<T>): Promise<T> {
    if (this.questions >= this.#last) this.die();
    if (this.over) return never;
    this.questions += 1;
    const answer = await question();
    return this.over ? never : answer;
  }
}

/** A folder of this test's own, in memory where the machine has such a place: nothing here survives a power cut. */
export function quickDir(): string {
  const memory = '/dev/shm';
  const folder = mkdtempSync(join(existsSync(memory) ? memory : tmpdir(), 'minstrel-till-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

/** SQLite without a thread of its own and without waiting for the disk: ten times as quick, for thousands of turns. */
export const quickDialect = (file: string): Dialect =>
  new SqliteDialect({
    async database() {
      const database = new DatabaseSync(file);
      database.exec('PRAGMA journal_mode=WAL; PRAGMA synchronous=OFF; PRAGMA foreign_keys=ON');
      const statements = new Map<string, ReturnType<typeof asKyselyWants>>();
      return {
        close: () => database.close(),
        prepare(sql) {
          const known = statements.get(sql) ?? asKyselyWants(database.prepare(sql));
          statements.set(sql, known);
          return known;
        },
      };
    },
  });

function asKyselyWants(statement: StatementSync) {
  const values = (parameters: readonly unknown[]): SQLInputValue[] =>
    parameters.map((value) => value as never);
  return {
    reader: statement.columns().length > 0,
    all: (parameters: readonly unknown[]): unknown[] => statement.all(...values(parameters)),
    run: (parameters: readonly unknown[]) => statement.run(...values(parameters)),
    iterate: (parameters: readonly unknown[]) => statement.iterate(...values(parameters)),
  };
}

/** Opens a database as `openStorage` does. When `life` ends, its open transaction is undone like a dead process'. */
export async function openMortal(inner: Dialect, life: Life, now: () => number): Promise<Storage> {
  const db = new Kysely<Schema>({
    dialect: { ...bound(inner), createDriver: () => new MortalDriver(inner.createDriver(), life) },
  });
  await migrate(db);
  const ignore = (): void => undefined;
  return {
    db,
    engine: 'sqlite',
    kv: (namespace, schema) =>
      new StrictKv(db, namespace, schema, { now, onCorrupt: ignore, onError: ignore }),
    close: () => db.destroy(),
  };
}

const bound = (dialect: Dialect): Omit<Dialect, 'createDriver'> => ({
  createAdapter: () => dialect.createAdapter(),
  createQueryCompiler: () => dialect.createQueryCompiler(),
  createIntrospector: (db) => dialect.createIntrospector(db),
});

class MortalDriver implements Driver {
  readonly #inner: Driver;
  readonly #life: Life;
  /** First come, first served, so that a test knows who is. */
  readonly #turns = pLimit(1);

  constructor(inner: Driver, life: Life) {
    this.#inner = inner;
    this.#life = life;
  }

  init(): Promise<void> {
    return this.#inner.init();
  }

  acquireConnection(): Promise<MortalConnection> {
    return new Promise((resolve, reject) => {
      void this.#turns(async () => {
        const done = Promise.withResolvers<void>();
        try {
          const inner = await this.#life.ask(() => this.#inner.acquireConnection());
          resolve(new MortalConnection(inner, this.#life, () => done.resolve()));
          await done.promise;
        } catch (error) {
          reject(error);
        }
      });
    });
  }

  async releaseConnection(connection: MortalConnection): Promise<void> {
    await this.#inner.releaseConnection(connection.inner);
    connection.giveBack();
  }

  beginTransaction(connection: MortalConnection): Promise<void> {
    return this.#life.ask(() => this.#inner.beginTransaction(connection.inner, {}));
  }

  commitTransaction(connection: MortalConnection): Promise<void> {
    return this.#life.ask(() => this.#inner.commitTransaction(connection.inner));
  }

  rollbackTransaction(connection: MortalConnection): Promise<void> {
    return this.#life.ask(() => this.#inner.rollbackTransaction(connection.inner));
  }

  destroy(): Promise<void> {
    return this.#inner.destroy();
  }
}

class MortalConnection implements DatabaseConnection {
  readonly inner: DatabaseConnection;
  readonly giveBack: () => void;
  readonly #life: Life;

  constructor(inner: DatabaseConnection, life: Life, giveBack: () => void) {
    this.inner = inner;
    this.giveBack = giveBack;
    this.#life = life;
  }

  executeQuery<R>(...query: Parameters<DatabaseConnection['executeQuery']>): Promise<QueryResult<R>> {
    return this.#life.ask(() => this.inner.executeQuery<R>(...query));
  }

  streamQuery<R>(
    ...query: Parameters<DatabaseConnection['streamQuery']>
  ): AsyncIterableIterator<QueryResult<R>> {
    return this.inner.streamQuery<R>(...query);
  }
}
