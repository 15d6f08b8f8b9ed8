/** PostgreSQL for Kysely: a bounded pool, and a queue of our own before it. */
import { PostgresDialect, type Dialect } from 'kysely';
import pLimit from 'p-limit';
import { Pool, types, type PoolClient } from 'pg';

const connections = 10;
/** For reaching the server, not for waiting until a connection is free. */
const connectMs = 5_000;
/** What takes longer is stuck, for instance behind a process that was stopped in the middle of a transaction. */
const stuckMs = 60_000;

/** `onError` is told of connections that break off while nobody uses them. */
export function postgresDialect(connectionString: string, onError: (error: Error) => void): Dialect {
  // Our bigints are milliseconds, bytes and credits: all far below 2^53.
  const bigint: number = types.builtins.INT8;
  const pool = new Pool({
    connectionString,
    max: connections,
    connectionTimeoutMillis: connectMs,
    types: {
      getTypeParser: (oid: number, format?: 'text' | 'binary') =>
        oid === bigint ? Number : types.getTypeParser(oid, format),
    },
    async onConnect(client) {
      // Also between two questions of a transaction: without a listener that would end the process.
      client.on('error', onError);
      // Not as parameters of the connection: poolers between us and the server refuse those that they don't know.
      await client.query(
        `set statement_timeout = ${stuckMs}; set idle_in_transaction_session_timeout = ${stuckMs}`,
      );
    },
  });
  // A server that restarts breaks idle connections.
  pool.on('error', onError);
  const turns = pLimit(connections);
  return new PostgresDialect({
    pool: {
      options: pool.options,
      connect: () => connectInTurn(pool, turns),
      end: () => pool.end(),
    },
  });
}

/** pg's own queue gives up after the time that is meant for a server that can't be reached: whoever waits, waits here. */
function connectInTurn(pool: Pool, turns: (work: () => Promise<void>) => unknown): Promise<PoolClient> {
  return new Promise((resolve, reject) => {
    turns(async () => {
      try {
        const client = await pool.connect();
        await new Promise<void>((done) => {
          const release = client.release.bind(client);
          client.release = (destroy) => {
            release(destroy);
            done();
          };
          resolve(client);
        });
      } catch (error) {
        reject(error);
      }
    });
  });
}
