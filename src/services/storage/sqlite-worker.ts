/**
 * The thread that owns the SQLite file. A commit waits for the disk, and node:sqlite waits with its whole thread: on
 * the main one that would hold up interactions, which have three seconds. The only file that knows node:sqlite,
 * which is still a release candidate.
 */
import { DatabaseSync, type SQLInputValue, type StatementSync } from 'node:sqlite';
import { parentPort, workerData } from 'node:worker_threads';

export interface Question {
  id: number;
  sql: string;
  parameters: readonly unknown[];
}

export type Answer =
  | { id: number; rows: unknown[]; changes: bigint }
  | { id: number; error: { message: string; code: string | undefined; errcode: number | undefined } };

/** Statement texts vary only with the length of `in` lists; past this many the oldest is dropped. */
const keptStatements = 200;
const statements = new Map<string, { statement: StatementSync; reads: boolean }>();

if (parentPort !== null && typeof workerData === 'string') {
  const port = parentPort;
  const database = open(workerData);
  port.on('message', (question: Question | 'close') => {
    if (question === 'close') {
      database.close();
      port.close();
    } else port.postMessage(answer(database, question));
  });
}

function open(file: string): DatabaseSync {
  // A write waits so long for another process's lock, then fails.
  const database = new DatabaseSync(file, { timeout: 5000 });
  // FULL: a commit that was answered survives a power cut, which NORMAL does not promise in WAL mode.
  database.exec('PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA foreign_keys=ON');
  return database;
}

function answer(database: DatabaseSync, { id, sql, parameters }: Question): Answer {
  try {
    const { statement, reads } = prepare(database, sql);
    const values = parameters.map(asInput);
    if (reads) return { id, rows: statement.all(...values), changes: 0n };
    return { id, rows: [], changes: BigInt(statement.run(...values).changes) };
  } catch (error) {
    if (!(error instanceof Error))
      return { id, error: { message: String(error), code: undefined, errcode: undefined } };
    const code: unknown = Reflect.get(error, 'code');
    const errcode: unknown = Reflect.get(error, 'errcode');
    return {
      id,
      error: {
        message: error.message,
        code: typeof code === 'string' ? code : undefined,
        errcode: typeof errcode === 'number' ? errcode : undefined,
      },
    };
  }
}

function prepare(database: DatabaseSync, sql: string): { statement: StatementSync; reads: boolean } {
  let prepared = statements.get(sql);
  if (prepared === undefined) {
    const statement = database.prepare(sql);
    prepared = { statement, reads: statement.columns().length > 0 };
    statements.set(sql, prepared);
    const [oldest] = statements.keys();
    if (statements.size > keptStatements && oldest !== undefined) statements.delete(oldest);
  }
  return prepared;
}

function asInput(value: unknown): SQLInputValue {
  if (value === undefined) return null;
  if (value === null || typeof value === 'string' || typeof value === 'number' || typeof value === 'bigint')
    return value;
  throw new TypeError(`SQLite can't store a ${typeof value}`);
}
