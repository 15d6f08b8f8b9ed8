import { encodeCustomId } from '../../domain/custom-id.ts';
import type { Words } from '../text/en.ts';
import type { View } from '../visit.ts';

/** Discord's component types and styles (components/reference). */
const actionRow = 1;
const button = 2;
const primary = 1;

/** "This costs 5 credits. Shall I?" with the button that says yes, once, for who asked. */
export function priceView(
  orderId: string,
  price: number,
  spendable: number,
  isPrivate: boolean,
  words: Words,
): View {
  const customId = encodeCustomId(isPrivate ? 'confirm-private' : 'confirm', orderId);
  return {
    content: words.price.ask(price, spendable),
    components: [
      {
        type: actionRow,
        components: [{ type: button, style: primary, label: words.price.yes(price), custom_id: customId }],
      },
    ],
  };
}
