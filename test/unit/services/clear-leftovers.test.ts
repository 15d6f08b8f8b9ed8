import { mkdirSync, readdirSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { clearLeftovers } from '../../../src/services/clear-leftovers.ts';
import { tempDir } from '../../support/temp-dir.ts';

const hour = 3_600_000;

/** A folder of yesterday with a song in it, and a file of now. */
function folderWithBoth(): string {
  const folder = tempDir();
  mkdirSync(join(folder, 'old'));
  writeFileSync(join(folder, 'old', 'take-1'), 'x');
  writeFileSync(join(folder, 'new'), 'x');
  const yesterday = (Date.now() - 24 * hour) / 1_000;
  utimesSync(join(folder, 'old'), yesterday, yesterday);
  return folder;
}

it('what is old is deleted, folders with all that is in them', async () => {
  const folder = folderWithBoth();
  await clearLeftovers(folder, Date.now() - hour);
  expect(readdirSync(folder)).toEqual(['new']);
});

it('a lone process deletes everything', async () => {
  const folder = folderWithBoth();
  await clearLeftovers(folder, Infinity);
  expect(readdirSync(folder)).toEqual([]);
});

it('a folder that is not there has nothing left in it', async () => {
  await expect(clearLeftovers(join(tempDir(), 'none'), Infinity)).resolves.toBe(undefined);
});
