import type { Orders } from '../services/jobs/orders.ts';
import type { Button } from './button.ts';

/** "Make it for 2 credits": the order that waited for this press goes ahead, once, for who gave it. */
export function confirm(needs: { orders: Orders }, where: 'public' | 'private'): Button {
  return (visit, orderId) => ({
    answer: where,
    repeatable: true,
    async run() {
      const order = await needs.orders.takeUp(visit, orderId);
      await needs.orders.place(visit, order, where === 'private');
      return undefined;
    },
  });
}
