import { SqliteError } from './sqlite-dialect.ts';

/** SQLite's result codes that tell of the place and not of the question (sqlite.org/rescode.html). */
const sqliteCodes = new Set([
  5, // busy
  6, // locked
  8, // read only
  10, // I/O error
  13, // full
  14, // can't open
]);
/** PostgreSQL's: no connection, no room or resources, an operator's hand, a system's error (appendix A). */
const postgresCodes = /^(08|53|57P|58)/;
/** What the socket to it says. */
const socketCodes = new Set(['ECONNREFUSED', 'ECONNRESET', 'ENOTFOUND', 'EPIPE', 'ETIMEDOUT']);

/** Whether nothing can be written down at present, for reasons that pass: a lock, a full disk, a database that is away. */
export function isStorageTrouble(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  // The low byte says which; the others say why.
  if (error instanceof SqliteError) return sqliteCodes.has((error.errcode ?? 0) & 0xff);
  const code: unknown = Reflect.get(error, 'code');
  return (
    typeof code === 'string' &&
    (socketCodes.has(code) || (/^[0-9A-Z]{5}$/.test(code) && postgresCodes.test(code)))
  );
}
