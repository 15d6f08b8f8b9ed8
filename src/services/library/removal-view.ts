import { encodeCustomId } from '../../domain/custom-id.ts';
import type { Track } from '../../domain/track.ts';
import type { Words } from '../text/en.ts';
import type { View } from '../visit.ts';

/** Discord's component types and styles (components/reference). */
const component = { row: 1, button: 2 };
const danger = 4;

/** The second thought before a song is deleted. */
export function removalView(track: Track, { removal, card }: Words): View {
  const title = track.title === '' ? card.untitled : track.title;
  const button = {
    type: component.button,
    style: danger,
    label: removal.yes,
    custom_id: encodeCustomId('remove', track.id),
  };
  return {
    content: removal.ask(track.take > 1 ? `${title} (${card.take(track.take)})` : title),
    components: [{ type: component.row, components: [button] }],
  };
}
