import type { Interaction } from 'discord.js';
import { onTestFinished } from 'vitest';
import { createDiscord, type EmulatedDiscord } from '../../playground/discord/discord.ts';
import { z } from 'zod';
import type { Command } from '../../src/commands/command.ts';
import { openCounters } from '../../src/counters.ts';
import { builtInCatalogue } from '../../src/domain/built-in-catalogue.ts';
import { guildSettingsSchema } from '../../src/domain/guild-settings.ts';
import { createClient } from '../../src/events/discord-client.ts';
import { GatewaySessions } from '../../src/events/gateway-sessions.ts';
import { interactionCreate } from '../../src/events/interaction-create.ts';
import { systemClock as clock } from '../../src/services/clock.ts';
import { Availability } from '../../src/services/jobs/availability.ts';
import { openStorage } from '../../src/services/storage/database.ts';
import { TrackTable } from '../../src/services/storage/track-table.ts';
import { SettingsStore } from '../../src/services/storage/settings-store.ts';
import { quickDir } from './mortal-database.ts';
import { listeningLog } from './quiet.ts';
import { tillHouse, type House } from './till-house.ts';
import { ScriptedSongApi } from './workshop-rig.ts';

export interface DispatchHouse extends House {
  discord: EmulatedDiscord;
  songApi: ScriptedSongApi;
  commands: readonly Command[];
  /** How often an interaction's token was used to answer it first. */
  callbacks: Map<string, number>;
  /** As the gateway hands an event over; what became of it, once all is quiet. */
  receive: (payload: unknown) => Promise<'handled' | 'left without an answer' | 'not for us' | 'unreadable'>;
}

/** The real hall and counters over the real till and a database, with a Discord that says yes to every answer. */
export async function dispatchHouse(): Promise<DispatchHouse> {
  const discord = await createDiscord();
  onTestFinished(() => discord.stop());
  const { token, applicationId } = discord.addBot();
  const ignore = (): void => undefined;
  const storage = await openStorage({
    databaseUrl: undefined,
    dataDir: quickDir(),
    now: () => clock.now(),
    onCorrupt: ignore,
    onError: ignore,
  });
  onTestFinished(() => storage.close());
  const songApi = new ScriptedSongApi();
  const plenty = { credits: 1_000_000, period: 'month' } as const;
  const many = 1_000_000;
  const house = tillHouse({
    storage,
    clock,
    songApi,
    defaults: { guild: plenty, user: plenty },
    slots: { perUser: many, perGuild: many, total: many },
  });
  onTestFinished(() => house.workshop.close());
  const { workshop, jobs, steward, till, ledger } = house;
  const catalogue = builtInCatalogue;
  const kv = storage.kv('guild-settings', guildSettingsSchema);
  const settings = new SettingsStore({ kv, clock, shared: false, onError: ignore });
  const { log } = listeningLog('silent');
  const availability = new Availability({ catalogue, clock, log, kv: storage.kv('unserved', z.number()) });
  const tracks = new TrackTable(storage, { onCorrupt: ignore });
  const counters = openCounters(
    { OWNER_IDS: [], OPERATOR_GUILD_IDS: ['1'] },
    { storage, settings, jobs, tracks, till, ledger },
    {
      catalogue,
      workshop,
      availability,
      steward,
      clock,
      log,
      post: () => Promise.resolve(),
      folder: quickDir(),
      drawVersions: () => Promise.reject(new Error('nothing is drawn here')),
      exportSongs: { plan: () => ({ answer: 'private', run: async () => ({ content: 'songs' }) }) },
      takeAway: async () => true,
      showAgain: { plan: () => ({ answer: 'private', run: async () => ({ content: 'a song' }) }) },
      downloads: { canConvert: false, mayMake: () => false, make: async () => 'unable' },
      media: { download: () => Promise.reject(new Error('no file is fetched here')) },
    },
  );
  const { commands } = counters;
  const answer = interactionCreate({ ...counters, hasJob: (id) => jobs.hasJob(id), log, clock });
  let underWay: Promise<void> | undefined;
  const nothing = { get: async () => undefined, set: async () => undefined, delete: async () => false };
  const { client, close } = createClient({
    apiUrl: discord.apiUrl,
    shards: undefined,
    log,
    sessions: new GatewaySessions({ kv: nothing, clock, log }),
    onInteraction: (interaction: Interaction) => (underWay = answer(interaction)),
  });
  onTestFinished(close);
  await client.login(token);
  await discord.until('the client', () => client.isReady());

  const callbacks = new Map<string, number>();
  const author = { id: applicationId, username: 'Minstrel', discriminator: '0', avatar: null, bot: true };
  const lists = { attachments: [], embeds: [], components: [], mentions: [], mention_roles: [] };
  const message = { ...lists, id: '8', channel_id: '11', author, content: '', type: 0, flags: 0 };
  client.rest.options.makeRequest = async (url) => {
    const callback = /\/interactions\/[^/]+\/([^/]+)\/callback/.exec(url)?.[1];
    if (callback === undefined) return Response.json({ ...message, timestamp: '2026-03-13T07:10:57Z' });
    callbacks.set(callback, (callbacks.get(callback) ?? 0) + 1);
    return new Response(null, { status: 204 });
  };
  return {
    ...house,
    discord,
    songApi,
    commands,
    callbacks,
    async receive(payload) {
      underWay = undefined;
      try {
        const handle: unknown = Reflect.get(client.ws, 'handlePacket');
        if (typeof handle === 'function') handle.call(client.ws, { t: 'INTERACTION_CREATE', d: payload });
      } catch {
        return 'unreadable';
      }
      if (underWay === undefined) return 'not for us';
      try {
        await (underWay as Promise<void>);
        return 'handled';
      } catch {
        return 'left without an answer';
      }
    },
  };
}
