import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { onTestFinished } from 'vitest';

export interface BotProcess {
  /** Everything that it has said: its log, and `ready`. */
  said: () => string;
  /** Asks it to stop; the exit code, once it has ended by itself. */
  stop: () => Promise<number | null>;
  /** As a crash: nothing is closed. */
  kill: () => Promise<void>;
}

export function botProcess(environment: Record<string, string>): BotProcess {
  const main = new URL('bot-process-main.ts', import.meta.url).pathname;
  const child = spawn(process.execPath, [main], {
    env: { LOG_LEVEL: 'debug', ...environment },
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  let text = '';
  child.stdout.setEncoding('utf8').on('data', (piece: string) => {
    text += piece;
  });
  const ended = once(child, 'exit') as Promise<[number | null]>;
  const kill = async (): Promise<void> => {
    child.kill('SIGKILL');
    await ended;
  };
  onTestFinished(kill);
  return {
    said: () => text,
    async stop() {
      child.stdin.end();
      const [code] = await ended;
      return code;
    },
    kill,
  };
}
