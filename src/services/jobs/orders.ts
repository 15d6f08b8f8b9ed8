/**
 * From a wish to a job: the house's rules first, free and private; then an order is placed at once, or set aside until
 * its member has agreed to the price. An order that waits holds no credits and is forgotten with the interaction that
 * asked.
 */
import { z } from 'zod';
import { plainPrice, type ActionKey, type Catalogue } from '../../domain/actions.ts';
import { Refusal } from '../../domain/errors.ts';
import { forbiddenWord } from '../../domain/guild-settings.ts';
import { newJobId } from '../../domain/ids.ts';
import { songInputsSchema, type SongInputs } from '../../domain/song.ts';
import { priceOf, type SongOrder } from '../../domain/song-order.ts';
import type { Standings } from '../quota/till.ts';
import type { SettingsStore } from '../storage/settings-store.ts';
import type { StrictKv } from '../storage/strict-kv.ts';
import type { Reply, Visit } from '../visit.ts';
import type { Availability } from './availability.ts';
import { newJob } from './new-job.ts';
import { priceView } from './price-view.ts';
import type { Workshop } from './workshop.ts';

const actionKey = z.custom<ActionKey>((value) => typeof value === 'string');
export const waitingOrderSchema = z.object({
  action: actionKey,
  inputs: songInputsSchema,
  next: z.object({ action: actionKey, inputs: songInputsSchema }).optional(),
  parents: z.array(z.string()).optional(),
  subject: z.string().optional(),
  userId: z.string(),
  guildId: z.string().nullable(),
});
type WaitingOrder = z.infer<typeof waitingOrderSchema>;

const waitsMs = 14 * 60_000;

export interface OrdersOptions {
  workshop: Pick<Workshop, 'request'>;
  catalogue: Catalogue;
  waiting: StrictKv<WaitingOrder>;
  settings: Pick<SettingsStore, 'of'>;
  availability: Pick<Availability, 'require'>;
  /** What the member and the server have left, for the question about a price. */
  standings: (visit: Visit) => Promise<Standings>;
}

export class Orders {
  readonly #options: OrdersOptions;

  constructor(options: OrdersOptions) {
    this.#options = options;
  }

  /** Whether only the member sees what comes of it. Throws `Refusal` where the house has its songs made elsewhere. */
  isQuiet({ guildId, channelId }: Visit, isPrivate: boolean | undefined): boolean {
    const { channels, privateResults } = this.#options.settings.of(guildId);
    if (channels.length > 0 && !channels.includes(channelId))
      throw new Refusal({ is: 'other-channels', channels });
    return isPrivate ?? privateResults;
  }

  /**
   * How an order is answered and what happens then. `isPrivate`: only the member sees the result; undefined leaves it
   * to the house. `check` comes after the first answer and before any money; it may refuse. Throws `Refusal`.
   */
  plan(visit: Visit, order: SongOrder, isPrivate?: boolean, check?: () => Promise<void>): Reply {
    const { catalogue, settings, availability, standings } = this.#options;
    const quiet = this.isQuiet(visit, isPrivate);
    const house = settings.of(visit.guildId);
    const texts = [...textsOf(order.inputs), ...textsOf(order.next?.inputs ?? {})];
    if (forbiddenWord(house.words, texts) !== undefined) throw new Refusal({ is: 'forbidden-word' });
    availability.require(order.action);
    if (order.next !== undefined) availability.require(order.next.action);

    const price = priceOf(catalogue, order);
    if (house.confirmPrice && price > plainPrice(catalogue))
      return {
        answer: 'private',
        repeatable: true,
        run: async () => {
          await check?.();
          const { spendable } = await standings(visit);
          return priceView(await this.setAside(visit, order), price, spendable, quiet, visit.words);
        },
      };
    return {
      answer: quiet ? 'private' : 'public',
      // An interaction makes one job, ever.
      repeatable: true,
      run: async () => {
        await check?.();
        await this.place(visit, order, quiet);
        return undefined;
      },
    };
  }

  /** Makes the job, with its hold. Throws `Refusal`. */
  async place(visit: Visit, order: SongOrder, isPrivate: boolean): Promise<void> {
    const { workshop, catalogue } = this.#options;
    await workshop.request(newJob(visit, order, catalogue, isPrivate), visit);
  }

  /** Keeps an order until its member agrees to the price; the id goes into the button. */
  async setAside(visit: Visit, { action, inputs, next, parents, subject }: SongOrder): Promise<string> {
    const id = newJobId();
    await this.#options.waiting.set(
      id,
      {
        action,
        inputs,
        ...(next === undefined ? {} : { next }),
        ...(parents === undefined ? {} : { parents: [...parents] }),
        ...(subject === undefined ? {} : { subject }),
        userId: visit.userId,
        guildId: visit.guildId,
      },
      waitsMs,
    );
    return id;
  }

  /** Takes a waiting order up, once. Throws `Refusal` when it is gone, another's, or of another server. */
  async takeUp(visit: Visit, id: string): Promise<SongOrder> {
    const order = await this.#options.waiting.get(id);
    if (order === undefined) throw new Refusal({ is: 'order-gone' });
    if (order.guildId !== visit.guildId) throw new Refusal({ is: 'not-here' });
    if (order.userId !== visit.userId) throw new Refusal({ is: 'not-yours' });
    if (!(await this.#options.waiting.delete(id))) throw new Refusal({ is: 'order-gone' });
    const { userId: _, guildId: __, ...wish } = order;
    return wish;
  }
}

/** What a member wrote themselves. */
function textsOf({ prompt, style, lyrics, title, tags, name }: SongInputs): (string | undefined)[] {
  return [prompt, style, lyrics, title, tags, name];
}
