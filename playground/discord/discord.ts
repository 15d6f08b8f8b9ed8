import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { eventually } from '../eventually.ts';
import { Faults } from '../faults.ts';
import { accountRoutes } from './rest/account-routes.ts';
import { callbackRoute } from './rest/callback-route.ts';
import { isCdnPath, serveCdn } from './rest/cdn-server.ts';
import type { EmulatedChannel } from './model/channel.ts';
import { commandRoutes } from './rest/command-routes.ts';
import type { Events } from './model/events.ts';
import { Gateway } from './gateway/gateway.ts';
import type { Guild, GuildOptions } from './guild.ts';
import { InteractionMessages } from './interactions/interaction-messages.ts';
import { Journal } from './rest/journal.ts';
import type { Member } from './people/member.ts';
import { messageRoutes } from './rest/message-routes.ts';
import { Rest, type Violation } from './rest/rest.ts';
import { Router } from './rest/route.ts';
import { webhookRoutes } from './rest/webhook-routes.ts';
import { World } from './world.ts';

const MIB = 1_048_576;

export interface DiscordOptions {
  /** 0: any free port. */
  port?: number;
  /** ms since 1970; `advance` adds to it. */
  now?: () => number;
  /** The default attachment limit; 10 MiB. */
  uploadLimitBytes?: number;
  heartbeatIntervalMs?: number;
  /** 3 s */
  ackDeadlineMs?: number;
  /** 15 min */
  tokenLifeMs?: number;
}

export interface BotAccount {
  token: string;
  applicationId: string;
  userId: string;
}

/** Starts an emulated Discord on 127.0.0.1: REST, gateway and CDN on one port. */
export async function createDiscord(options: DiscordOptions = {}): Promise<EmulatedDiscord> {
  const discord = new EmulatedDiscord(options);
  await discord.listen(options.port ?? 0);
  return discord;
}

/** Discord as a bot sees it, and as the people in it do. */
export class EmulatedDiscord {
  readonly journal = new Journal();
  readonly faults = new Faults();
  readonly events: Events;
  readonly gateway: Gateway;
  /** What DISCORD_API_URL takes. */
  apiUrl = '';
  port = 0;
  readonly #world: World;
  readonly #rest: Rest;
  readonly #server;

  constructor(options: DiscordOptions) {
    this.#world = new World({
      now: options.now ?? Date.now,
      uploadLimitBytes: options.uploadLimitBytes ?? 10 * MIB,
      ackDeadlineMs: options.ackDeadlineMs ?? 3_000,
      tokenLifeMs: options.tokenLifeMs ?? 900_000,
      story: () => this.journal.asText(),
    });
    this.events = this.#world.events;
    this.gateway = new Gateway(this.#world, options.heartbeatIntervalMs ?? 41_250);
    const messages = new InteractionMessages(this.#world);
    const router = new Router([
      callbackRoute(this.#world, messages),
      ...webhookRoutes(this.#world, messages),
      ...messageRoutes(this.#world),
      ...commandRoutes(this.#world),
      ...accountRoutes(this.#world, {
        url: () => this.gateway.url,
        startLimit: () => this.gateway.startLimit(),
      }),
    ]);
    this.#rest = new Rest(this.#world, router, this.journal, this.faults);
    // Clients keep their sockets; closing idle ones early would race with their next request.
    this.#server = createServer({ keepAliveTimeout: 120_000 }, (request, response) =>
      this.#serve(request, response),
    );
    this.#server.on('upgrade', (request, socket, head) => this.gateway.upgrade(request, socket, head));
  }

  async listen(port: number): Promise<void> {
    const { promise, resolve, reject } = Promise.withResolvers<void>();
    this.#server.once('error', reject);
    this.#server.listen(port, '127.0.0.1', resolve);
    await promise;
    this.port = (this.#server.address() as AddressInfo).port;
    this.apiUrl = `http://127.0.0.1:${this.port}/api`;
    this.gateway.url = `ws://127.0.0.1:${this.port}`;
    this.#world.cdn.origin = `http://127.0.0.1:${this.port}`;
  }

  /** An application with its bot, which joins every guild that is there. The token may be grepped for in logs. */
  addBot(options: { token?: string; name?: string } = {}): BotAccount {
    const bot = this.#world.addBot(options);
    return { token: bot.token, applicationId: bot.applicationId, userId: bot.user.id };
  }

  /** A new server; every bot is in it, unless told otherwise. */
  guild(name: string, options: GuildOptions = {}): Guild {
    return this.#world.guild(name, options);
  }

  /** The person's direct messages with the (first) bot. */
  dm(member: Member): EmulatedChannel {
    return this.#world.dm(member);
  }

  get guilds(): Guild[] {
    return [...this.#world.guilds.values()];
  }

  /** Discord's time, ms since 1970. */
  now(): number {
    return this.#world.clock.now();
  }

  /** Moves Discord's clock: tokens and links expire, limits reset, unanswered interactions fail. */
  advance(ms: number): void {
    this.#world.clock.advance(ms);
  }

  /** Every interaction token there is dies now, without Discord's clock moving. */
  expireTokens(): void {
    this.#world.interactions.expireTokens();
  }

  /** The attachment limit, in bytes, of those who have neither Nitro nor boosts. */
  get uploadLimitBytes(): number {
    return this.#world.uploadLimitBytes;
  }

  set uploadLimitBytes(bytes: number) {
    this.#world.uploadLimitBytes = bytes;
  }

  /** Requests that no state of Discord could have made right; a good bot has none. */
  get violations(): readonly Violation[] {
    return this.#rest.violations;
  }

  /** Keys that bots sent and Discord's description doesn't know; worth a look, not wrong. */
  get notes(): string[] {
    return [...this.#rest.notes];
  }

  /** 429s given. */
  get rateLimited(): number {
    return this.#rest.rateLimited;
  }

  /** Waits for a condition; when it doesn't come, the error tells the last requests. */
  until<T>(
    what: string,
    look: () => T | Promise<T>,
    timeoutMs = 15_000,
  ): Promise<Exclude<T, undefined | null | false>> {
    return eventually(what, look, { timeoutMs, onTimeout: () => this.journal.asText() });
  }

  async stop(): Promise<void> {
    this.#world.interactions.stop();
    this.gateway.stop();
    const { promise, resolve } = Promise.withResolvers<void>();
    this.#server.close(() => resolve());
    this.#server.closeAllConnections();
    await promise;
  }

  #serve(request: IncomingMessage, response: ServerResponse): void {
    const url = new URL(request.url ?? '/', this.apiUrl);
    const served = isCdnPath(url.pathname)
      ? serveCdn(this.#world.cdn, this.faults, request, response, url)
      : this.#rest.handle(request, response, url);
    served.catch((error: unknown) => {
      // A mistake of the emulator itself, or a client that hung up: nothing sensible can be answered.
      if (!request.socket.destroyed) console.error('The emulated Discord failed:', error);
      request.socket.destroy();
    });
  }
}
