import type { CommandRegistry } from '../commands/command-registry.ts';
import type { User } from './user.ts';

export interface Bot {
  readonly token: string;
  /** The same as the bot user's id, as for every application since 2016. */
  readonly applicationId: string;
  readonly user: User;
  readonly commands: CommandRegistry;
}
