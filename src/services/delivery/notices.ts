/**
 * Posts of the bot's own: to a server's audit channel, and where they are told. Audit posts are a courtesy: what can't be
 * posted is logged, nothing waits for it.
 */
import { randomUUID } from 'node:crypto';
import { REST, Routes } from 'discord.js';
import { discordLimits } from '../../domain/limits.ts';
import { keepToken } from '../keep-token.ts';
import type { Logger } from '../logger.ts';
import { nodeFetch } from '../node-fetch.ts';
import { repeating } from '../repeating.ts';

export interface NoticesOptions {
  apiUrl: string;
  token: string;
  log: Logger;
  /** The server's audit channel; null where it has none. */
  channelOf: (guildId: string) => string | null;
}

export class Notices {
  readonly #options: NoticesOptions;
  readonly #rest: REST;
  readonly #underWay = new Set<Promise<void>>();

  constructor(options: NoticesOptions) {
    this.#options = options;
    this.#rest = keepToken(
      new REST({
        version: '10',
        api: options.apiUrl,
        retries: 0,
        globalRequestsPerSecond: discordLimits.requestsPerSecond.notices,
        handlerSweepInterval: 60_000,
        makeRequest: repeating(nodeFetch),
      }),
    ).setToken(options.token);
  }

  /** A message to a channel; it pings nobody. Throws what Discord says. */
  async send(channelId: string, message: { embeds: object[]; components?: object[] }): Promise<void> {
    await this.#rest.post(Routes.channelMessages(channelId), {
      body: {
        ...message,
        allowed_mentions: { parse: [] },
        // With it a post may be sent again.
        nonce: randomUUID().slice(0, discordLimits.nonce),
        enforce_nonce: true,
      },
    });
  }

  /** `colour`: the edge of the notice. Returns at once. */
  post(guildId: string, text: string, colour: number): void {
    const post = this.#post(guildId, text, colour)
      .catch((error: unknown) =>
        this.#options.log.warn({ err: error, guildId }, 'a notice could not be posted'),
      )
      .finally(() => this.#underWay.delete(post));
    this.#underWay.add(post);
  }

  async close(): Promise<void> {
    await Promise.all(this.#underWay);
  }

  async #post(guildId: string, text: string, colour: number): Promise<void> {
    const channel = this.#options.channelOf(guildId);
    if (channel === null) return;
    await this.send(channel, { embeds: [{ description: text, color: colour }] });
  }
}
