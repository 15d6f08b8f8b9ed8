import { readdir, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';

/** Deletes what a process that died has left in a folder of files on their way; what is younger may be another's. */
export async function clearLeftovers(folder: string, olderThan: number): Promise<void> {
  const names = await readdir(folder).catch((): string[] => []);
  for (const path of names.map((name) => join(folder, name))) {
    const { mtimeMs } = await stat(path);
    if (mtimeMs < olderThan) await rm(path, { recursive: true, force: true });
  }
}
