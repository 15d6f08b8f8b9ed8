import { mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { Job } from '../../../src/domain/job-record.ts';
import { openStorage } from '../../../src/services/storage/database.ts';
import { job } from '../../support/songs.ts';
import { TestJobTable } from '../../support/test-job-table.ts';
import { tempDir } from '../../support/temp-dir.ts';

const ignore = (): void => undefined;
const open = (dataDir: string) =>
  openStorage({ databaseUrl: undefined, dataDir, now: Date.now, onCorrupt: ignore, onError: ignore });
const modeOf = (path: string): string => (statSync(path).mode & 0o777).toString(8);

describe('the SQLite file', () => {
  it("is its owner's alone, and so are its journals and its folder", async () => {
    const folder = join(tempDir(), 'deep', 'data');
    const storage = await open(folder);
    await new TestJobTable(storage).write(job(1));
    expect(modeOf(folder)).toBe('700');
    const files = readdirSync(folder);
    expect(files).toContain('minstrel.sqlite-wal');
    expect(files.map((file) => [file, modeOf(join(folder, file))])).toEqual(
      files.map((file) => [file, '600']),
    );
    await storage.close();
  });

  it('is made private when it was not', async () => {
    const folder = tempDir();
    const file = join(folder, 'minstrel.sqlite');
    writeFileSync(file, '', { mode: 0o644 });
    const storage = await open(folder);
    expect(modeOf(file)).toBe('600');
    await storage.close();
  });

  it('is whole in one file once it is closed', async () => {
    const folder = tempDir();
    const storage = await open(folder);
    await new TestJobTable(storage).write(job(1));
    await storage.close();
    expect(readdirSync(folder)).toEqual(['minstrel.sqlite']);
  });

  it('is refused when it is no database, and left as it was', async () => {
    const folder = tempDir();
    const file = join(folder, 'minstrel.sqlite');
    writeFileSync(file, 'a diary, not a database'.repeat(100));
    await expect(open(folder)).rejects.toThrow(Error);
    expect(readFileSync(file, 'utf8')).toBe('a diary, not a database'.repeat(100));
  });

  it('is refused where it can not be made', async () => {
    const folder = tempDir();
    mkdirSync(join(folder, 'minstrel.sqlite'));
    await expect(open(folder)).rejects.toThrow(Error);
  });

  it('serves two processes: neither loses what the other wrote', async () => {
    const folder = tempDir();
    const [one, two] = [await open(folder), await open(folder)];
    const [here, there] = [new TestJobTable(one), new TestJobTable(two)];
    await here.write(job(1));
    const more = (now: Job): Job => ({ ...now, deliveryAttempts: now.deliveryAttempts + 1 });
    const changes = Array.from({ length: 40 }, (_, n) => (n % 2 ? here : there).update(job(1).id, more));
    await Promise.all(changes);
    await expect(here.find(job(1).id)).resolves.toMatchObject({ deliveryAttempts: 40 });
    await one.close();
    await two.close();
  });
});
