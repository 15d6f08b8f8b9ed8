import type { Rig } from '../../playground/rig.ts';
import { systemClock, type Clock } from '../../src/services/clock.ts';

export interface MovingClock {
  clock: Clock;
  /** The bot's clock jumps ahead by so many milliseconds, and Discord's with it. */
  passes: (rig: Pick<Rig, 'discord'>, ms: number) => void;
}

/** The system's time plus what a test lets pass; sleeps take as long as ever. */
export function movingClock(): MovingClock {
  let ahead = 0;
  return {
    clock: { now: () => systemClock.now() + ahead, sleep: (ms, signal) => systemClock.sleep(ms, signal) },
    passes({ discord }, ms) {
      ahead += ms;
      discord.advance(ms);
    },
  };
}
