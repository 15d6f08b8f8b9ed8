/** A process with an open store whose idle connections the server closes. Says so when it could ask again. */
import { once } from 'node:events';
import { Client } from 'pg';
import { openStorage } from '../../src/services/storage/database.ts';

const databaseUrl = process.argv[2] ?? '';
const ignore = (): void => undefined;
const options = {
  databaseUrl: `${databaseUrl}?application_name=outlives`,
  dataDir: '/nowhere',
  now: Date.now,
  onCorrupt: ignore,
  onError: ignore,
};
const storage = await openStorage(options);
await storage.db.selectFrom('kv').selectAll().execute();

const witness = new Client({ connectionString: databaseUrl });
await witness.connect();
const witnessed = once(witness, 'error');
await witness.query(
  `select pg_terminate_backend(pid) from pg_stat_activity where application_name = 'outlives'`,
);
// Closed last, so the store's connections have broken by the time that this one has.
await witness.query('select pg_terminate_backend(pg_backend_pid())').catch(ignore);
await witnessed.catch(ignore);
// A question that was put to a connection in the moment of its end fails; the process lives, and the next one is answered.
for (let tries = 0; ; tries += 1) {
  try {
    await storage.db.selectFrom('kv').selectAll().execute();
    break;
  } catch (error) {
    if (tries === 5) throw error;
  }
}
process.stdout.write('answered again');
await storage.close();
