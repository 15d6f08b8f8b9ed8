/**
 * Who goes next: a free slot belongs to the guild with the fewest songs under way, there to the member with the
 * fewest, there to the oldest request. So a server with 500 waiting songs and one with a single song take turns.
 */
export interface Waiting {
  id: string;
  /** Null for direct messages: then each person counts as a guild of their own. */
  guildId: string | null;
  userId: string;
  createdAt: number;
}

export interface SlotLimits {
  perUser: number;
  perGuild: number;
  total: number;
}

type Seat = Pick<Waiting, 'guildId' | 'userId'>;

const guildOf = (seat: Seat): string => seat.guildId ?? `dm:${seat.userId}`;
/** A member's limit counts per guild, like their allowance. */
const memberOf = (seat: Seat): string => `${guildOf(seat)}/${seat.userId}`;

/** The order in which `waiting` gets its turns while slots last; O(picked × waiting), both small. */
export function fairPick(waiting: readonly Waiting[], busy: readonly Seat[], limits: SlotLimits): Waiting[] {
  const counts = new Map<string, number>();
  const count = (key: string): number => counts.get(key) ?? 0;
  const take = (seat: Seat): void => {
    counts.set(guildOf(seat), count(guildOf(seat)) + 1);
    counts.set(memberOf(seat), count(memberOf(seat)) + 1);
  };
  busy.forEach(take);

  const picked: Waiting[] = [];
  const left = new Set(waiting.toSorted((a, b) => a.createdAt - b.createdAt || (a.id < b.id ? -1 : 1)));
  while (busy.length + picked.length < limits.total) {
    let best: Waiting | undefined;
    for (const seat of left) {
      if (count(guildOf(seat)) >= limits.perGuild || count(memberOf(seat)) >= limits.perUser) continue;
      if (best === undefined || before(seat, best)) best = seat;
    }
    if (best === undefined) break;
    left.delete(best);
    take(best);
    picked.push(best);
  }
  return picked;

  /** Strictly less loaded; equals keep the older one, which came first. */
  function before(a: Seat, b: Seat): boolean {
    const byGuild = count(guildOf(a)) - count(guildOf(b));
    return byGuild !== 0 ? byGuild < 0 : count(memberOf(a)) < count(memberOf(b));
  }
}
