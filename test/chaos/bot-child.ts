import { spawn } from 'node:child_process';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import type { Step } from '../../src/domain/step.ts';

export interface Fate {
  crashAt?: Step | undefined;
  /** The how manieth time; 1 is the first. */
  crashCount?: number | undefined;
  /** How far its clock is ahead of this one's. */
  clockOffsetMs?: number | undefined;
  /** Between two progress edits; the first comes after 0.7 s at the latest. */
  progressEveryMs?: number | undefined;
}

/** How it ended: by whom, or with what code. */
export interface End {
  signal: NodeJS.Signals | null;
  code: number | null;
}

export interface BotChild {
  /** True once it serves; false when it has died before. */
  ready: Promise<boolean>;
  ended: Promise<End>;
  /** As a crash: nothing is closed. */
  kill: () => Promise<End>;
  /** As an operator does it. */
  stop: () => Promise<End>;
}

/** Starts the bot. Every line that it logs goes to `hear`. */
export function startBot(
  environment: Readonly<Record<string, string>>,
  fate: Fate = {},
  hear: (line: string) => void = () => undefined,
): BotChild {
  const main = new URL('bot.ts', import.meta.url).pathname;
  const child = spawn(process.execPath, [main], {
    env: {
      // Half of a start is reading sources: they are read once for all starts.
      NODE_COMPILE_CACHE: join(tmpdir(), 'minstrel-compile-cache'),
      ...environment,
      ...(fate.crashAt === undefined ? {} : { CRASH_AT: fate.crashAt }),
      CRASH_COUNT: String(fate.crashCount ?? 1),
      CLOCK_OFFSET_MS: String(fate.clockOffsetMs ?? 0),
      PROGRESS_EVERY_MS: String(fate.progressEveryMs ?? 100),
    },
    stdio: ['ignore', 'pipe', 'inherit'],
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
  return { ready, ended, kill: by('SIGKILL'), stop: by('SIGTERM') };
}
