import { Refusal } from '../../domain/errors.ts';
import type { Track } from '../../domain/track.ts';
import { mayDo, permission, type Visit } from '../visit.ts';

/** For what undoes a song: who asked for it, and who manages the server that it belongs to. Throws `Refusal`. */
export function requireOwner(visit: Visit, { userId, guildId }: Track): void {
  const manages = guildId !== null && guildId === visit.guildId && mayDo(visit, permission.manageGuild);
  if (userId !== visit.userId && !manages) throw new Refusal({ is: 'not-yours' });
}
