/** SQLite for Kysely over a thread of its own: one connection, one question at a time, answered in order. */
import { Worker } from 'node:worker_threads';
import {
  CompiledQuery,
  SqliteAdapter,
  SqliteIntrospector,
  SqliteQueryCompiler,
  type DatabaseConnection,
  type Dialect,
  type Driver,
  type QueryResult,
} from 'kysely';
import pLimit from 'p-limit';
import type { Answer, Question } from './sqlite-worker.ts';

/** `file` may be ":memory:". */
export function sqliteDialect(file: string): Dialect {
  return {
    createAdapter: () => new SqliteAdapter(),
    createQueryCompiler: () => new SqliteQueryCompiler(),
    createIntrospector: (db) => new SqliteIntrospector(db),
    createDriver: () => new ThreadDriver(file),
  };
}

/** What SQLite said no with; `errcode` is its own result code (5: locked, 13: disk full). */
export class SqliteError extends Error {
  readonly code: string | undefined;
  readonly errcode: number | undefined;

  constructor(error: { message: string; code: string | undefined; errcode: number | undefined }) {
    super(error.message);
    this.name = 'SqliteError';
    this.code = error.code;
    this.errcode = error.errcode;
  }
}

class ThreadDriver implements Driver {
  readonly #file: string;
  #connection: ThreadConnection | undefined;
  /** Whoever holds the connection holds it alone: a transaction is never interleaved with other queries. */
  readonly #turns = pLimit(1);
  readonly #giveBack = new Map<DatabaseConnection, () => void>();

  constructor(file: string) {
    this.#file = file;
  }

  async init(): Promise<void> {
    this.#connection = new ThreadConnection(this.#file);
    await this.#connection.executeQuery(CompiledQuery.raw('select 1'));
  }

  acquireConnection(): Promise<DatabaseConnection> {
    const connection = this.#connection;
    if (connection === undefined) throw new Error('the database is closed');
    return new Promise((resolve) => {
      void this.#turns(
        () =>
          new Promise<void>((done) => {
            this.#giveBack.set(connection, done);
            resolve(connection);
          }),
      );
    });
  }

  async releaseConnection(connection: DatabaseConnection): Promise<void> {
    this.#giveBack.get(connection)?.();
  }

  async beginTransaction(connection: DatabaseConnection): Promise<void> {
    // Immediate: a transaction that reads first would otherwise fail when it comes to write beside another process.
    await connection.executeQuery(CompiledQuery.raw('begin immediate'));
  }

  async commitTransaction(connection: DatabaseConnection): Promise<void> {
    await connection.executeQuery(CompiledQuery.raw('commit'));
  }

  async rollbackTransaction(connection: DatabaseConnection): Promise<void> {
    try {
      await connection.executeQuery(CompiledQuery.raw('rollback'));
    } catch (error) {
      // On a full disk SQLite rolls back by itself; what it said no with is the news, and not this.
      if (!(error instanceof SqliteError && error.message.includes('no transaction is active'))) throw error;
    }
  }

  async destroy(): Promise<void> {
    await this.#connection?.close();
    this.#connection = undefined;
  }
}

class ThreadConnection implements DatabaseConnection {
  readonly #worker: Worker;
  readonly #waiting = new Map<
    number,
    { resolve: (answer: Answer) => void; reject: (error: unknown) => void }
  >();
  #ended: unknown;
  #count = 0;

  constructor(file: string) {
    this.#worker = new Worker(new URL('sqlite-worker.ts', import.meta.url), { workerData: file });
    // The thread lives as long as somebody waits for it; it doesn't keep the process alive.
    this.#worker.unref();
    this.#worker.on('message', (answer: Answer) => {
      this.#waiting.get(answer.id)?.resolve(answer);
      this.#waiting.delete(answer.id);
      if (this.#waiting.size === 0) this.#worker.unref();
    });
    this.#worker.on('error', (error) => this.#end(error));
    this.#worker.on('exit', () => this.#end(new Error('the database is closed')));
  }

  async executeQuery<R>(query: CompiledQuery): Promise<QueryResult<R>> {
    if (this.#ended !== undefined) throw this.#ended;
    this.#count += 1;
    const question: Question = { id: this.#count, sql: query.sql, parameters: query.parameters };
    const answer = await new Promise<Answer>((resolve, reject) => {
      this.#waiting.set(question.id, { resolve, reject });
      this.#worker.ref();
      this.#worker.postMessage(question);
    });
    if ('error' in answer) throw new SqliteError(answer.error);
    return { rows: answer.rows as R[], numAffectedRows: answer.changes };
  }

  // oxlint-disable-next-line require-yield -- Kysely's interface; nothing here streams
  async *streamQuery<R>(): AsyncIterableIterator<QueryResult<R>> {
    throw new Error('streaming is not supported');
  }

  async close(): Promise<void> {
    if (this.#ended !== undefined) return;
    const exit = new Promise<void>((resolve) => this.#worker.once('exit', () => resolve()));
    this.#worker.ref();
    this.#worker.postMessage('close');
    await exit;
  }

  #end(error: unknown): void {
    this.#ended ??= error;
    for (const { reject } of this.#waiting.values()) reject(this.#ended);
    this.#waiting.clear();
  }
}
