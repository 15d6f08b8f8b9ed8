/** Where each waiting job stands, and which cards should say so anew. */
import { fairPick, type SlotLimits, type Waiting } from '../../domain/fair-pick.ts';

export interface Place {
  /** From 1, in the order of turns. */
  position: number;
  /** How many songs' lengths until its turn, at most: by its member's, its server's and all slots. */
  rounds: number;
}

const endless: SlotLimits = { perUser: Infinity, perGuild: Infinity, total: Infinity };
/** Up to here every step is worth an edit; behind, only a quarter of the way is. */
const near = 10;

export class QueuePlaces {
  #places = new Map<string, Place>();
  readonly #told = new Map<string, number>();

  of(id: string): Place | undefined {
    return this.#places.get(id);
  }

  /** Takes in the queue as it is now; gives the jobs whose place has changed enough to say so. */
  update(
    waiting: readonly Waiting[],
    busy: readonly Pick<Waiting, 'guildId' | 'userId'>[],
    slots: SlotLimits,
  ): string[] {
    const order = fairPick(waiting, busy, endless);
    const counts = new Map<string, number>();
    const next = (key: string): number => {
      counts.set(key, (counts.get(key) ?? 0) + 1);
      return counts.get(key) ?? 0;
    };
    this.#places = new Map(
      order.map(({ id, guildId, userId }, index) => {
        const guild = guildId ?? `dm:${userId}`;
        const rounds = Math.max(
          Math.ceil(next(`${guild}/${userId}`) / slots.perUser),
          Math.ceil(next(guild) / slots.perGuild),
          Math.ceil((index + 1) / slots.total),
        );
        return [id, { position: index + 1, rounds }];
      }),
    );
    for (const id of this.#told.keys()) if (!this.#places.has(id)) this.#told.delete(id);
    return order.flatMap(({ id }, index) => (this.#isNews(id, index + 1) ? id : []));
  }

  #isNews(id: string, position: number): boolean {
    const told = this.#told.get(id);
    const news = told === undefined || (position <= near ? position !== told : position <= told * 0.75);
    if (news) this.#told.set(id, position);
    return news;
  }
}
