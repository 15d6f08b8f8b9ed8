import type { Bot } from './bot.ts';
import type { Ground } from './ground.ts';
import type { Interaction } from '../interactions/interaction.ts';
import type { User } from './user.ts';

/** The ground, with those who live on it. */
export interface Directory extends Ground {
  /** By id, people and bots. */
  readonly users: Map<string, User>;
  /** By application id. */
  readonly bots: Map<string, Bot>;
  /** By user id: the interaction that showed the modal which is open on this person's screen. */
  readonly modals: Map<string, Interaction>;
}
