import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { onTestFinished } from 'vitest';

export interface MainProcess {
  /** Its log and what it says to the terminal. */
  said: () => string;
  signal: (name: 'SIGTERM' | 'SIGINT') => void;
  /** The exit code, or the signal that ended it, and how many ms after the last signal of ours that was. */
  ended: Promise<{ code: number | null; by: string | null; afterMs: number }>;
}

/** The product as it is started for real; `command` in place of `node src/main.ts`. */
export function mainProcess(
  environment: Record<string, string>,
  command: readonly [string, ...string[]] = [process.execPath, 'src/main.ts'],
): MainProcess {
  const [program, ...args] = command;
  const child = spawn(program, args, {
    cwd: new URL('../..', import.meta.url),
    env: { PATH: process.env['PATH'] ?? '', LOG_LEVEL: 'debug', ...environment },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let text = '';
  let signalledAt = performance.now();
  for (const stream of [child.stdout, child.stderr])
    stream.setEncoding('utf8').on('data', (piece: string) => {
      text += piece;
    });
  // 'close' comes when everything that it said has been read, too.
  const ended = (once(child, 'close') as Promise<[number | null, string | null]>).then(([code, by]) => ({
    code,
    by,
    afterMs: performance.now() - signalledAt,
  }));
  onTestFinished(async () => {
    child.kill('SIGKILL');
    await ended;
  });
  return {
    said: () => text,
    signal(name) {
      signalledAt = performance.now();
      child.kill(name);
    },
    ended,
  };
}
