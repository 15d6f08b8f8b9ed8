/**
 * A channel in the terminal, as it changes: drawn over in place on a terminal, printed anew on every change where
 * the output is a file or a pipe.
 */
import { styleText } from 'node:util';
import type { EmulatedDiscord } from '../discord/discord.ts';
import type { EmulatedChannel } from '../discord/model/channel.ts';
import { drawMessage } from './draw-message.ts';

export class ChannelScreen {
  readonly #discord: EmulatedDiscord;
  readonly #channel: EmulatedChannel;
  readonly #said: string[] = [];
  readonly #deaf: (() => void)[];
  #drawn: string[] = [];

  constructor(discord: EmulatedDiscord, channel: EmulatedChannel) {
    this.#discord = discord;
    this.#channel = channel;
    const draw = (): void => this.#draw();
    this.#deaf = [
      discord.events.on('message-created', draw),
      discord.events.on('message-updated', draw),
      discord.events.on('message-deleted', draw),
      discord.events.on('interaction-created', ({ what }) => {
        this.#said.push(`${styleText('bold', 'alice')}  ${what}`);
        draw();
      }),
    ];
    draw();
    // "3 s ago" moves on by itself in Discord's client.
    const clock = setInterval(draw, process.stdout.isTTY ? 1000 : 3_600_000);
    this.#deaf.push(() => clearInterval(clock));
  }

  /** Leaves the last picture standing. */
  close(): void {
    for (const stop of this.#deaf.splice(0)) stop();
  }

  #draw(): void {
    const width = Math.min(process.stdout.columns || 90, 90);
    const now = this.#discord.now();
    const lines = [
      styleText(
        'dim',
        `─── #${this.#channel.name} ${'─'.repeat(Math.max(0, width - 6 - this.#channel.name.length))}`,
      ),
      ...this.#said.flatMap((said) => [said, '']),
      ...this.#channel.messages().flatMap((message) => [...drawMessage(message, { now, width }), '']),
    ];
    if (lines.join('\n') === this.#drawn.join('\n')) return;
    if (process.stdout.isTTY && this.#drawn.length > 0)
      process.stdout.write(`\u001b[${this.#drawn.length}A\u001b[0J`);
    // In a pipe the head is said once; after that only what is new.
    const news = process.stdout.isTTY
      ? lines
      : lines.filter((line) => !this.#drawn.includes(line) && line !== '');
    process.stdout.write(`${news.join('\n')}\n`);
    this.#drawn = lines;
  }
}
