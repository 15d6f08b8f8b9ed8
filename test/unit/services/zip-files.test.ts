import * as fc from 'fast-check';
import { execFileSync, spawnSync } from 'node:child_process';
import { readdirSync, statSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeEach, describe, expect, it } from 'vitest';
import { zipFiles, type Zip, type ZipEntry } from '../../../src/services/zip-files.ts';
import { tempDir } from '../../support/temp-dir.ts';

let folder: string;
beforeEach(() => {
  folder = tempDir();
});

const madeAt = new Date('2026-05-17T12:34:56Z');
const mb = 1024 * 1024;

function file(name: string, bytes: number, extension = 'm4a'): ZipEntry {
  const path = join(tempDir(), 'file');
  writeFileSync(path, Buffer.alloc(bytes, name === '' ? '?' : name));
  return { path, name, extension };
}
const zip = (entries: ZipEntry[], maxBytes = 10 * mb) =>
  zipFiles(entries, { folder, name: 'My song', maxBytes, madeAt });

const hasPython = spawnSync('python3', ['--version']).error === undefined;
if (!hasPython) console.log('python3 is not installed: what is inside a zip is not read by another program');

/** Read by another program: what it finds inside, by name. `testzip` compares the checksums. */
function inside({ path }: Zip): Record<string, number> {
  const script = `
import json, sys, zipfile
archive = zipfile.ZipFile(sys.argv[1])
assert archive.testzip() is None
print(json.dumps({i.filename: i.file_size for i in archive.infolist()}))`;
  const found = execFileSync('python3', ['-c', script, path], { encoding: 'utf8' });
  return JSON.parse(found) as Record<string, number>;
}

it.skipIf(!hasPython)('packs files in their order, under their names', async () => {
  const entries = [file('Drums', 3000), file('雨の歌 🎵', 2000, 'wav'), file('Bass', 0)];
  const { zips, tooLarge } = await zip(entries);
  expect(tooLarge).toEqual([]);
  expect(zips).toMatchObject([{ fileName: 'My song.zip', path: join(folder, 'My song.zip'), entries }]);
  expect(statSync(zips[0]!.path).size).toBe(zips[0]!.bytes);
  expect(Object.entries(inside(zips[0]!))).toEqual([
    ['Drums.m4a', 3000],
    ['雨の歌.wav', 2000],
    ['Bass.m4a', 0],
  ]);
});

it.skipIf(!hasPython)('makes every name safe and unique', async () => {
  const names = ['../../etc/passwd', 'Vocals', 'vocals', 'Vocals', 'con', '', '.hidden'];
  const { zips } = await zip([...names.map((name) => file(name, 10)), file('x', 10, '../sh')]);
  expect(Object.keys(inside(zips[0]!))).toEqual([
    'etc passwd.m4a',
    'Vocals.m4a',
    'vocals (2).m4a',
    'Vocals (3).m4a',
    'song con.m4a',
    'song.m4a',
    'hidden.m4a',
    'x.bin',
  ]);
});

it('fills several zips, and says which files fit into none', async () => {
  const [a, b, c, d] = [file('a', 600), file('b', 5000), file('c', 600), file('d', 200)];
  const { zips, tooLarge } = await zip([a, b, c, d], 1200);
  expect(tooLarge).toEqual([b]);
  expect(zips).toMatchObject([
    { fileName: 'My song 1.zip', entries: [a, d] },
    { fileName: 'My song 2.zip', entries: [c] },
  ]);
});

it('is exact to the byte about what fits', async () => {
  const entries = [file('a', 500), file('b', 500)];
  const whole = (await zip(entries)).zips[0]!.bytes;
  expect((await zip(entries, whole)).zips).toHaveLength(1);
  expect((await zip(entries, whole - 1)).zips).toHaveLength(2);
});

it('never makes a zip over the limit, and loses nothing, whatever the sizes', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.nat(3000), { maxLength: 12 }),
      fc.integer({ min: 300, max: 5000 }),
      async (sizes, maxBytes) => {
        const entries = sizes.map((size, n) => file(`part ${n % 3}`, size));
        const { zips, tooLarge } = await zip(entries, maxBytes);
        expect(new Set([...zips.flatMap((one) => one.entries), ...tooLarge])).toEqual(new Set(entries));
        for (const one of zips) {
          expect(statSync(one.path).size).toBe(one.bytes);
          expect(one.bytes).toBeLessThanOrEqual(maxBytes);
        }
      },
    ),
    { numRuns: 20 },
  );
});

describe('leaves no zip behind', () => {
  it('when a file is missing', async () => {
    const entries = [file('a', 10), { path: join(folder, 'not there'), name: 'b', extension: 'm4a' }];
    await expect(zip(entries)).rejects.toThrow('ENOENT');
    expect(readdirSync(folder)).toEqual([]);
  });

  it.skipIf(!hasPython)('when a file gets shorter while it is packed', async () => {
    const entries = [file('a', 8 * mb), file('b', 1 * mb)];
    const packing = zip(entries);
    truncateSync(entries[1]!.path, 10);
    // Either the size was not asked for yet, and the shorter file is packed, or it was, and there is no zip.
    const made = await packing.then(({ zips }) => zips.map(inside)).catch(() => []);
    expect(made).toEqual(readdirSync(folder).length === 0 ? [] : [{ 'a.m4a': 8 * mb, 'b.m4a': 10 }]);
  });

  it('when nobody waits for it any more', async () => {
    const stopped = AbortSignal.abort();
    const options = { folder, name: 'x', maxBytes: 10 * mb, madeAt };
    await expect(zipFiles([file('a', 10)], options, stopped)).rejects.toThrow('abort');
    expect(readdirSync(folder)).toEqual([]);
  });
});
