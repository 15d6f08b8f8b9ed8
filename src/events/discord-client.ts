/**
 * The one discord.js client: no intents (interactions come anyway), minimal caches, Node's own fetch for REST, and a
 * gateway whose sessions outlive the process.
 */
import { Client, Events, Options, Status, type Interaction } from 'discord.js';
import { setTimeout as delay } from 'node:timers/promises';
import { keepToken } from '../services/keep-token.ts';
import { nodeFetch } from '../services/node-fetch.ts';
import { repeating } from '../services/repeating.ts';
import type { Logger } from '../services/logger.ts';
import { insisting } from './first-answer.ts';
import type { GatewaySessions } from './gateway-sessions.ts';
import { GatewayShards } from './gateway-shards.ts';

export interface ClientOptions {
  apiUrl: string;
  shards: { first: number; last: number; total: number } | undefined;
  sessions: GatewaySessions;
  log: Logger;
  /** `isReplay`: a former process may have begun with it. */
  onInteraction: (interaction: Interaction, isReplay: boolean) => Promise<void>;
}

export interface DiscordClient {
  client: Client;
  shards: () => Map<number, 'ready' | 'waits' | 'unready'>;
  restart: (shard: number, how: 'resume' | 'identify') => Promise<void>;
  /** Leaves the gateway so that the next process can resume, and lets interactions that are under way end. */
  close: () => Promise<void>;
}

/** Long enough for a first answer and what follows it; the rest of a stop wants its time too. */
const underWayMs = 3_000;

export function createClient(options: ClientOptions): DiscordClient {
  const { shards, sessions, apiUrl, log } = options;
  let gateway: GatewayShards | undefined;
  const client = new Client({
    // 44 KB of memory a guild with the Guilds intent, 3 without; a bot of slash commands needs none.
    intents: [],
    makeCache: Options.cacheWithLimits({
      ...Options.DefaultMakeCacheSettings,
      MessageManager: 0,
      // Kept for ever otherwise, one for each person who ever used a command.
      UserManager: { maxSize: 0, keepOverLimit: (user) => user.id === user.client.user.id },
      GuildMemberManager: { maxSize: 0, keepOverLimit: (member) => member.id === member.client.user.id },
    }),
    ...(shards === undefined
      ? {}
      : {
          shards: Array.from({ length: shards.last - shards.first + 1 }, (_, index) => shards.first + index),
          shardCount: shards.total,
        }),
    allowedMentions: { parse: [] },
    ws: {
      buildStrategy: (manager) => (gateway = new GatewayShards({ manager, sessions, apiUrl, log })),
    },
    rest: {
      version: '10',
      api: apiUrl,
      // First answers must arrive within 3 s: later ones are not worth waiting for.
      timeout: 10_000,
      // discord.js repeats at once, whatever it is; what may be repeated, and when, is decided below it.
      retries: 0,
      // Interaction endpoints are exempt from the limit of 50 a second.
      globalRequestsPerSecond: Number.POSITIVE_INFINITY,
      handlerSweepInterval: 60_000,
      makeRequest: insisting(repeating(nodeFetch)),
    },
  });
  keepToken(client.rest);
  // discord.js holds every interaction back for ever when a shard resumes at the wrong moment (discordjs 10485).
  client.on('shardResume', () => {
    const check: unknown = Reflect.get(client.ws, 'checkShardsReady');
    if (typeof check === 'function') check.call(client.ws);
  });
  client.on('error', (error) => log.error({ err: error }, 'the Discord client reports an error'));
  client.on('warn', (message) => log.warn({ message }, 'the Discord client warns'));
  client.on('shardError', (error, shard) => log.warn({ err: error, shard }, 'a gateway connection failed'));
  client.on('shardReconnecting', (shard) => log.info({ shard }, 'the gateway reconnects'));
  client.on('shardDisconnect', ({ code }, shard) =>
    log.fatal({ code, shard }, 'Discord refuses the bot: is the token still right?'),
  );

  const underWay = new Set<Promise<void>>();
  client.on(Events.InteractionCreate, (interaction) => {
    const answered = options
      .onInteraction(interaction, sessions.isReplay(interaction.id))
      .catch((error: unknown) => log.error({ err: error }, 'an interaction was left without an answer'))
      .finally(() => {
        underWay.delete(answered);
        sessions.dealtWith(interaction.id);
      });
    underWay.add(answered);
  });

  return {
    client,
    shards() {
      const isReady = client.ws.shards.every(({ status }) => status === Status.Ready);
      return new Map(
        client.ws.shards.map(({ id, status }) => {
          if (gateway?.waits(id)) return [id, 'waits'];
          // With all shards ready the client is, too; where it isn't, a RESUMED wakes it (see above).
          return [id, status === Status.Ready && (!isReady || client.isReady()) ? 'ready' : 'unready'];
        }),
      );
    },
    async restart(shard, how) {
      await gateway?.restart(shard, how);
    },
    async close() {
      await client.destroy();
      await Promise.race([Promise.allSettled(underWay), delay(underWayMs, undefined, { ref: false })]);
      await sessions.close();
    },
  };
}
