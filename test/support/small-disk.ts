import { execFileSync } from 'node:child_process';
import { appendFileSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';

export interface SmallDisk {
  path: string;
  /** Not a byte fits any more. */
  fill: () => void;
  free: () => void;
}

const mount = (path: string, bytes: number): void => {
  execFileSync('mount', ['-t', 'tmpfs', '-o', `size=${bytes}`, 'tmpfs', path], { stdio: 'ignore' });
};
const unmount = (path: string): void => {
  execFileSync('umount', ['--lazy', path], { stdio: 'ignore' });
};

/** Whether this machine lets us mount a disk of our own; that takes root on Linux. */
export function canMount(): boolean {
  const path = mkdtempSync(join(tmpdir(), 'minstrel-disk-'));
  try {
    mount(path, 65_536);
    unmount(path);
    return true;
  } catch {
    return false;
  } finally {
    rmSync(path, { recursive: true, force: true });
  }
}

/** A disk of so many bytes at `path`, gone when the test ends. */
export function smallDisk(path: string, bytes: number): SmallDisk {
  mount(path, bytes);
  onTestFinished(() => unmount(path));
  const filler = join(path, 'filler');
  return {
    path,
    fill() {
      for (let size = 65_536; size >= 1; size = size > 4_096 ? 4_096 : size / 2) {
        try {
          for (;;) appendFileSync(filler, Buffer.alloc(size));
        } catch (error) {
          if (!(error instanceof Error && Reflect.get(error, 'code') === 'ENOSPC')) throw error;
        }
      }
    },
    free: () => rmSync(filler, { force: true }),
  };
}
