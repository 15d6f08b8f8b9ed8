/** The one discord.js client: no intents (interactions come anyway), minimal caches, Node's own fetch for REST. */
import { Client, Options } from 'discord.js';
import { nodeFetch } from '../services/node-fetch.ts';
import type { Logger } from '../services/logger.ts';

export interface ClientOptions {
  apiUrl: string;
  shards: { first: number; last: number; total: number } | undefined;
  log: Logger;
}

export function createClient(options: ClientOptions): Client {
  const { shards, log } = options;
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
    rest: {
      version: '10',
      api: options.apiUrl,
      // First answers must arrive within 3 s: later ones are not worth waiting for.
      timeout: 10_000,
      retries: 1,
      // Interaction endpoints are exempt from the limit of 50 a second.
      globalRequestsPerSecond: Number.POSITIVE_INFINITY,
      handlerSweepInterval: 60_000,
      makeRequest: nodeFetch,
    },
  });
  // discord.js holds every interaction back for ever when a shard resumes at the wrong moment (discordjs 10485).
  client.on('shardResume', () => {
    const check: unknown = Reflect.get(client.ws, 'checkShardsReady');
    if (typeof check === 'function') check.call(client.ws);
  });
  client.on('error', (error) => log.error({ err: error }, 'the Discord client reports an error'));
  client.on('warn', (message) => log.warn({ message }, 'the Discord client warns'));
  client.on('shardError', (error, shard) => log.warn({ err: error, shard }, 'a gateway connection failed'));
  client.on('shardReconnecting', (shard) => log.info({ shard }, 'the gateway reconnects'));
  client.on('invalidated', () => log.fatal('Discord ended the session: is the token still right?'));
  return client;
}
