import { spawn } from 'node:child_process';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';

/** How it ended: by whom, or with what code. */
export interface End {
  signal: NodeJS.Signals | null;
  code: number | null;
}

export interface BotChild {
  pid: number | undefined;
  /** True once it serves; false when it has died before. */
  ready: Promise<boolean>;
  ended: Promise<End>;
  /** As a crash: nothing is closed. */
  kill: () => Promise<End>;
  /** As an operator does it. */
  stop: () => Promise<End>;
}

/**
 * Starts the bot in a process of its own, so that killing it is what it is outside: SIGKILL, and nothing is closed.
 * `main` prints "ready" once it serves; every other line, its log, goes to `hear`.
 */
export function spawnBot(
  main: URL,
  environment: Readonly<Record<string, string>>,
  hear: (line: string) => void = () => undefined,
): BotChild {
  const child = spawn(process.execPath, [main.pathname], {
    env: {
      // Half of a start is reading sources: they are read once for all starts.
      NODE_COMPILE_CACHE: join(tmpdir(), 'minstrel-compile-cache'),
      ...environment,
    },
    // An input that ends says that whoever started it is gone.
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  const { promise: ended, resolve: end } = Promise.withResolvers<End>();
  child.once('exit', (code, signal) => end({ code, signal }));
  const { promise: ready, resolve } = Promise.withResolvers<boolean>();
  createInterface({ input: child.stdout }).on('line', (line) => {
    if (line === 'ready') resolve(true);
    else hear(line);
  });
  void ended.then(() => resolve(false));
  const by = (signal: NodeJS.Signals) => async (): Promise<End> => {
    child.kill(signal);
    return ended;
  };
  return { pid: child.pid, ready, ended, kill: by('SIGKILL'), stop: by('SIGTERM') };
}
