import { setTimeout as sleep } from 'node:timers/promises';
import { startBot } from './bot-child.ts';
import type { Pace } from './pace.ts';
import type { Life } from './plan.ts';

/** Longer than the 15 minutes that an interaction's token lives. */
const outageMs = 16 * 60_000;

export interface Keeping {
  environment: Readonly<Record<string, string>>;
  lives: readonly Life[];
  pace: Pace;
  /** One line of the bot's log. */
  hear: (line: string) => void;
  /** So much time passes at once, for everybody. */
  passes: (ms: number) => void;
  /** The first start is through: members can type. */
  open: () => void;
  /** Ends the dying. */
  signal: AbortSignal;
}

export interface Deaths {
  /** By themselves at a named step. */
  crashes: Map<string, number>;
  kills: number;
  stops: number;
  outages: number;
  /** Clean stops that ended otherwise. */
  unclean: string[];
  /** How far the bot's clock is ahead by now. */
  offsetMs: number;
}

/** Starts the bot over and over, as its lives are planned, until told that it is enough; then it is dead. */
export async function keepAlive(keeping: Keeping): Promise<Deaths> {
  const { environment, lives, pace, hear, signal } = keeping;
  const deaths: Deaths = {
    crashes: new Map(),
    kills: 0,
    stops: 0,
    outages: 0,
    unclean: [],
    offsetMs: 0,
  };
  for (const { crashAt, crashCount, ms, end } of lives) {
    if (signal.aborted) break;
    pace.halt();
    const bot = startBot(environment, { crashAt, crashCount, clockOffsetMs: deaths.offsetMs }, hear);
    const isUp = await bot.ready;
    pace.go();
    if (isUp) keeping.open();
    const itself = await Promise.race([bot.ended, sleep(ms, undefined, { signal }).catch(() => undefined)]);
    if (itself !== undefined) {
      const where = itself.signal === 'SIGKILL' ? (crashAt ?? 'nowhere') : `exit ${itself.code}`;
      deaths.crashes.set(where, (deaths.crashes.get(where) ?? 0) + 1);
      continue;
    }
    if (end === 'stop') {
      deaths.stops += 1;
      const { code, signal: by } = await bot.stop();
      // It may be told to crash on its way out, too.
      if (code !== 0 && by !== 'SIGKILL') deaths.unclean.push(`exit ${code}`);
      continue;
    }
    deaths.kills += 1;
    await bot.kill();
    if (end !== 'outage') continue;
    deaths.outages += 1;
    deaths.offsetMs += outageMs;
    keeping.passes(outageMs);
  }
  return deaths;
}
