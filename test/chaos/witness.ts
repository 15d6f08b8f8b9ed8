import type { EmulatedDiscord } from '../../playground/discord/discord.ts';
import type { EmulatedMessage } from '../../playground/discord/model/message.ts';

/** Sees every message that a bot has ever posted, private and direct ones too, and those that are gone. */
export class Witness {
  readonly #messages: EmulatedMessage[] = [];

  constructor(discord: EmulatedDiscord) {
    discord.events.on('message-created', ({ message }) => {
      if (message.author.isBot) this.#messages.push(message);
    });
  }

  /** Messages that are still there; `words`: only those that say this. */
  messages(words = ''): EmulatedMessage[] {
    return this.#messages.filter((message) => !message.deleted && message.text().includes(words));
  }
}

export const carriesAudio = (message: EmulatedMessage): boolean =>
  message.attachments.some((file) => file.content_type?.startsWith('audio/'));

/** A card that says how it ended: with a song, or why there is none. What still runs can be cancelled. */
export const isFinal = (message: EmulatedMessage): boolean =>
  !message.isLoading && !message.buttons.some(({ label }) => label === 'Cancel');
