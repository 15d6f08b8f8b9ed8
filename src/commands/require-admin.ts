import { Refusal } from '../domain/errors.ts';
import { mayDo, permission, type Visit } from '../services/visit.ts';

/**
 * Discord hides admin commands from others (`default_member_permissions`), but a server can hand them to anybody, and
 * a right may have been lost a second ago: what counts is what this very interaction says. Throws `Refusal`.
 */
export function requireAdmin(visit: Visit): string {
  if (visit.guildId === null) throw new Refusal({ is: 'server-only' });
  if (!mayDo(visit, permission.manageGuild)) throw new Refusal({ is: 'admins-only' });
  return visit.guildId;
}
