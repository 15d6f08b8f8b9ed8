import { expect, it } from 'vitest';
import { SqliteError } from '../../../../src/services/storage/sqlite-dialect.ts';
import { isStorageTrouble } from '../../../../src/services/storage/storage-trouble.ts';

const sqlite = (errcode: number): Error =>
  new SqliteError({ message: 'x', code: 'ERR_SQLITE_ERROR', errcode });
const coded = (code: string): Error => Object.assign(new Error('x'), { code });

it.each([
  ['a lock', sqlite(5)],
  ['a lock, more exactly', sqlite(5 | (2 << 8))],
  ['a full disk', sqlite(13)],
  ['an I/O error, more exactly', sqlite(10 | (3 << 8))],
  ["PostgreSQL's full disk", coded('53100')],
  ['PostgreSQL that shuts down', coded('57P01')],
  ['a server that is away', coded('ECONNREFUSED')],
])('%s passes', (_, error) => {
  expect(isStorageTrouble(error)).toBe(true);
});

it.each([
  ['a broken rule of a table', sqlite(19)],
  ['a defect in a question', sqlite(1)],
  ["PostgreSQL's broken rule", coded('23505')],
  ['any other error', new TypeError('x')],
  ['no error', undefined],
])('%s does not', (_, error) => {
  expect(isStorageTrouble(error)).toBe(false);
});
