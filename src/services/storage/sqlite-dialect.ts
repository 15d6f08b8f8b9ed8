/**
 * node:sqlite under Kysely's SQLite dialect: one connection, prepared statements kept. The only file that knows
 * node:sqlite, which is still a release candidate.
 */
import { DatabaseSync, type SQLInputValue } from 'node:sqlite';
import { SqliteDialect, type Dialect } from 'kysely';

/** Statement texts vary only with the length of `in` lists; past this many the oldest is dropped. */
const keptStatements = 200;

/** `file` may be ":memory:". A write waits up to 5 s for another process's lock, then fails. */
export function sqliteDialect(file: string): Dialect {
  const database = new DatabaseSync(file, { timeout: 5000 });
  // FULL: a commit that was answered survives a power cut, which NORMAL does not promise in WAL mode.
  database.exec('PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA foreign_keys=ON');
  const statements = new Map<string, ReturnType<typeof wrap>>();
  return new SqliteDialect({
    database: {
      close: () => database.close(),
      prepare(sql) {
        let statement = statements.get(sql);
        if (statement === undefined) {
          statement = wrap(database, sql);
          statements.set(sql, statement);
          const [oldest] = statements.keys();
          if (statements.size > keptStatements && oldest !== undefined) statements.delete(oldest);
        }
        return statement;
      },
    },
  });
}

function wrap(database: DatabaseSync, sql: string) {
  const statement = database.prepare(sql);
  const bind = (parameters: readonly unknown[]): SQLInputValue[] => parameters.map(asInput);
  return {
    reader: statement.columns().length > 0,
    all: (parameters: readonly unknown[]) => statement.all(...bind(parameters)),
    run: (parameters: readonly unknown[]) => statement.run(...bind(parameters)),
    iterate: (parameters: readonly unknown[]) => statement.iterate(...bind(parameters)),
  };
}

function asInput(value: unknown): SQLInputValue {
  if (value === undefined) return null;
  if (value === null || typeof value === 'string' || typeof value === 'number' || typeof value === 'bigint')
    return value;
  throw new TypeError(`SQLite can't store a ${typeof value}`);
}
