import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { Client } from 'pg';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { migrate } from '../../../src/services/storage/database.ts';
import type { KvOptions } from '../../../src/services/storage/strict-kv.ts';
import type { Engine } from '../../support/engines.ts';
import { job } from '../../support/songs.ts';
import { TestJobTable } from '../../support/test-job-table.ts';

const options: KvOptions = {
  now: Date.now,
  onCorrupt: () => undefined,
  onError: () => undefined,
};

/** Opening, migrating, dying. */
export function openingSuite(engine: Engine): void {
  describe('opening', () => {
    it('is harmless when it was done before: what is there stays', async () => {
      const first = await engine.open(options);
      await new TestJobTable(first).write(job(1));
      await migrate(first.db);
      await first.close();
      const second = await engine.open(options);
      const table = new TestJobTable(second);
      await expect(table.find(job(1).id)).resolves.toEqual(job(1));
      await second.close();
    });

    it('twice at the same time migrates once', async () => {
      const both = await Promise.all([engine.open(options), engine.open(options)]);
      for (const storage of both) {
        await expect(storage.db.selectFrom('job').select('id').execute()).resolves.toBeDefined();
        await storage.close();
      }
    });
  });

  describe('a database that has died', () => {
    it('throws at every read and write of a value: "unknown" is never read as "nothing yet"', async () => {
      const storage = await engine.open(options);
      const kv = storage.kv('settings', z.number());
      await kv.set('used', 5);
      await storage.close();
      await expect(kv.get('used')).rejects.toThrow(Error);
      await expect(kv.set('used', 6)).rejects.toThrow(Error);
      await expect(kv.delete('used')).rejects.toThrow(Error);
    });

    it('throws at every question about jobs', async () => {
      const storage = await engine.open(options);
      const table = new TestJobTable(storage);
      await storage.close();
      await expect(table.find('x')).rejects.toThrow(Error);
      await expect(table.write(job(9))).rejects.toThrow(Error);
      await expect(table.anythingOpen()).rejects.toThrow(Error);
      await expect(table.update('x', (before) => before)).rejects.toThrow(Error);
    });
  });

  describe.runIf(engine.name === 'postgres')('a server that closes its connections', () => {
    it('takes no process down with it: the next question is answered', async () => {
      const script = new URL('../../support/outlive-the-server.ts', import.meta.url).pathname;
      const { stdout } = await promisify(execFile)(process.execPath, [script, engine.url() ?? '']);
      expect(stdout).toBe('answered again');
    });
  });

  describe.runIf(engine.name === 'postgres')('a big number', () => {
    it('comes back as a number, not as text', async () => {
      const storage = await engine.open(options);
      const rows = await storage.db
        .insertInto('kv')
        .values({ namespace: 'big', key: 'k', value: '1', expires: 1_773_385_820_123 })
        .returning('expires')
        .execute();
      expect(rows).toEqual([{ expires: 1_773_385_820_123 }]);
      await storage.close();
    });

    it('elsewhere in the process is still read as pg reads it', async () => {
      const client = new Client({ connectionString: engine.url() });
      await client.connect();
      const { rows } = await client.query('select 5::bigint as big');
      expect(rows).toEqual([{ big: '5' }]);
      await client.end();
    });
  });
}
