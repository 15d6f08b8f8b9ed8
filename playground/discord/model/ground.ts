import type { Bot } from './bot.ts';
import type { Cdn } from './cdn.ts';
import type { Clock } from './clock.ts';
import type { Events } from './events.ts';
import type { Snowflakes } from './snowflakes.ts';

/** How the world speaks to bots; the gateway does it. */
export type Dispatch = (
  bot: Bot,
  event: string,
  data: unknown,
  /** `intent`: the intent bit without which a session does not hear of it; absent = every session does. */
  to: { guildId?: string | undefined; intent?: number },
) => void;

/** What everything in the emulated Discord stands on. */
export interface Ground {
  readonly clock: Clock;
  readonly snowflakes: Snowflakes;
  readonly events: Events;
  readonly cdn: Cdn;
  /** The attachment limit of those who have neither Nitro nor boosts, in bytes; changes at run time. */
  uploadLimitBytes: number;
  dispatch: Dispatch;
}
