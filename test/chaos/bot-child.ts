import type { Step } from '../../src/domain/step.ts';
import { spawnBot, type BotChild } from '../../playground/bot/bot-child.ts';

export type { BotChild } from '../../playground/bot/bot-child.ts';

export interface Fate {
  crashAt?: Step | undefined;
  /** The how manieth time; 1 is the first. */
  crashCount?: number | undefined;
  /** How far its clock is ahead of this one's. */
  clockOffsetMs?: number | undefined;
  /** Between two progress edits; the first comes after 0.7 s at the latest. */
  progressEveryMs?: number | undefined;
}

/** Starts the bot. Every line that it logs goes to `hear`. */
export function startBot(
  environment: Readonly<Record<string, string>>,
  fate: Fate = {},
  hear: (line: string) => void = () => undefined,
): BotChild {
  const told = {
    ...environment,
    ...(fate.crashAt === undefined ? {} : { CRASH_AT: fate.crashAt }),
    CRASH_COUNT: String(fate.crashCount ?? 1),
    CLOCK_OFFSET_MS: String(fate.clockOffsetMs ?? 0),
    PROGRESS_EVERY_MS: String(fate.progressEveryMs ?? 100),
  };
  return spawnBot(new URL('bot.ts', import.meta.url), told, hear);
}
