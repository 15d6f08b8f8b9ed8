/**
 * From a wish to a job: an order is placed at once, or set aside until its member has agreed to the price. An order
 * that waits holds no credits and is forgotten with the interaction that asked.
 */
import { z } from 'zod';
import { type ActionKey, type Catalogue } from '../../domain/actions.ts';
import { Refusal } from '../../domain/errors.ts';
import { newJobId } from '../../domain/ids.ts';
import { songInputsSchema } from '../../domain/song.ts';
import type { SongOrder } from '../../domain/song-order.ts';
import type { StrictKv } from '../storage/strict-kv.ts';
import type { Visit } from '../visit.ts';
import { newJob } from './new-job.ts';
import type { Workshop } from './workshop.ts';

export const waitingOrderSchema = z.object({
  action: z.custom<ActionKey>((value) => typeof value === 'string'),
  inputs: songInputsSchema,
  userId: z.string(),
  guildId: z.string().nullable(),
});
type WaitingOrder = z.infer<typeof waitingOrderSchema>;

const waitsMs = 14 * 60_000;

export interface OrdersOptions {
  workshop: Pick<Workshop, 'request'>;
  catalogue: Catalogue;
  waiting: StrictKv<WaitingOrder>;
}

export class Orders {
  readonly #options: OrdersOptions;

  constructor(options: OrdersOptions) {
    this.#options = options;
  }

  /** Makes the job, with its hold. Throws `Refusal`. */
  async place(visit: Visit, order: SongOrder, isPrivate: boolean): Promise<void> {
    const { workshop, catalogue } = this.#options;
    await workshop.request(newJob(visit, order, catalogue, isPrivate), visit);
  }

  /** Keeps an order until its member agrees to the price; the id goes into the button. */
  async setAside(visit: Visit, order: SongOrder): Promise<string> {
    const id = newJobId();
    await this.#options.waiting.set(id, { ...order, userId: visit.userId, guildId: visit.guildId }, waitsMs);
    return id;
  }

  /** Takes a waiting order up, once. Throws `Refusal` when it is gone, another's, or of another server. */
  async takeUp(visit: Visit, id: string): Promise<SongOrder> {
    const order = await this.#options.waiting.get(id);
    if (order === undefined) throw new Refusal({ is: 'order-gone' });
    if (order.guildId !== visit.guildId) throw new Refusal({ is: 'not-here' });
    if (order.userId !== visit.userId) throw new Refusal({ is: 'not-yours' });
    if (!(await this.#options.waiting.delete(id))) throw new Refusal({ is: 'order-gone' });
    return { action: order.action, inputs: order.inputs };
  }
}
