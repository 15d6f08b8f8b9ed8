import type { EmulatedDiscord } from '../../playground/discord/discord.ts';
import type { EmulatedChannel } from '../../playground/discord/model/channel.ts';
import type { EmulatedMessage } from '../../playground/discord/model/message.ts';

export const audioOf = (message: EmulatedMessage) =>
  message.attachments.filter((file) => file.content_type?.startsWith('audio/'));

/** Waits until a card carries audio. */
export function songIn(discord: EmulatedDiscord, channel: EmulatedChannel): Promise<EmulatedMessage> {
  return discord.until('a card with audio', () => channel.cards().find((card) => audioOf(card).length > 0));
}

/** Waits until a card says this. */
export function cardSaying(
  discord: EmulatedDiscord,
  channel: EmulatedChannel,
  words: string | RegExp,
): Promise<EmulatedMessage> {
  const says = (card: EmulatedMessage): boolean =>
    typeof words === 'string' ? card.text().includes(words) : words.test(card.text());
  return discord.until(`a card that says ${words}`, () => channel.cards().find(says));
}
