/**
 * Packs files from the disk into zips on the disk, each small enough to be sent. Nothing is compressed, since audio
 * doesn't get smaller, and nothing is held in memory.
 */
import { createReadStream, createWriteStream } from 'node:fs';
import { rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { makeZip, predictLength } from 'client-zip';
import { safeName } from '../domain/safe-name.ts';

export interface ZipEntry {
  path: string;
  /** For people, without the ending; made safe and unique inside. */
  name: string;
  /** Without the dot. */
  extension: string;
}

export interface ZipOptions {
  /** Must be there. */
  folder: string;
  /** For people, without the ending; made safe. Several zips are numbered. */
  name: string;
  /** No zip is larger. */
  maxBytes: number;
  /** The date of the files inside. */
  madeAt: Date;
}

export interface Zip {
  path: string;
  fileName: string;
  bytes: number;
  entries: ZipEntry[];
}

interface Packed {
  entry: ZipEntry;
  name: string;
  size: number;
}

/**
 * `tooLarge` are those that fit into no zip even alone. Throws what the disk says, or an error when a file changes
 * meanwhile, and leaves no zip then.
 */
export async function zipFiles(
  entries: readonly ZipEntry[],
  options: ZipOptions,
  signal?: AbortSignal,
): Promise<{ zips: Zip[]; tooLarge: ZipEntry[] }> {
  const files = withNames(entries);
  const sized = await Promise.all(
    files.map(async (file): Promise<Packed> => ({ ...file, size: (await stat(file.entry.path)).size })),
  );
  const fits = sized.filter((file) => lengthOf([file]) <= options.maxBytes);
  const groups = group(fits, options.maxBytes);
  const zips: Zip[] = [];
  try {
    for (const [index, files] of groups.entries()) {
      const number = groups.length > 1 ? ` ${index + 1}` : '';
      const fileName = `${safeName(options.name)}${number}.zip`;
      const zip = { path: join(options.folder, fileName), fileName, bytes: lengthOf(files) };
      zips.push({ ...zip, entries: files.map(({ entry }) => entry) });
      await write(zip.path, files, options.madeAt, signal);
      if ((await stat(zip.path)).size !== zip.bytes) throw new Error('a file changed while it was packed');
    }
  } catch (error) {
    await Promise.all(zips.map(({ path }) => rm(path, { force: true })));
    throw error;
  }
  return { zips, tooLarge: sized.filter((file) => !fits.includes(file)).map(({ entry }) => entry) };
}

/** Each file goes into the first zip that has room for it: few zips, and in each the order that was given. */
function group(files: readonly Packed[], maxBytes: number): Packed[][] {
  const groups: Packed[][] = [];
  for (const file of files) {
    const roomy = groups.find((others) => lengthOf([...others, file]) <= maxBytes);
    if (roomy === undefined) groups.push([file]);
    else roomy.push(file);
  }
  return groups;
}

function lengthOf(files: readonly Packed[]): number {
  return Number(predictLength(files.map(({ name, size }) => ({ name, size }))));
}

async function write(
  path: string,
  files: readonly Packed[],
  madeAt: Date,
  signal?: AbortSignal,
): Promise<void> {
  // One after the other: a file is opened when its turn comes.
  function* contents() {
    for (const { entry, name, size } of files)
      yield { name, size, input: createReadStream(entry.path), lastModified: madeAt };
  }
  await pipeline(makeZip(contents()), createWriteStream(path, { mode: 0o600 }), { signal });
}

/** Names that differ only in case are one file on many systems. */
function withNames(entries: readonly ZipEntry[]): { entry: ZipEntry; name: string }[] {
  const taken = new Set<string>();
  return entries.map((entry) => {
    const base = safeName(entry.name);
    const ending = /^[a-z0-9]{1,8}$/i.test(entry.extension) ? entry.extension : 'bin';
    let name = `${base}.${ending}`;
    for (let n = 2; taken.has(name.toLowerCase()); n += 1) name = `${base} (${n}).${ending}`;
    taken.add(name.toLowerCase());
    return { entry, name };
  });
}
