/** The composition root: builds every room once, by hand, top to bottom; each paragraph uses only those above it. */
import { join } from 'node:path';
import { Events } from 'discord.js';
import { z } from 'zod';
import { openArchive } from './archive.ts';
import type { Config } from './config.ts';
import { openCounters } from './counters.ts';
import { loadCatalogue } from './load-catalogue.ts';
import { openPostRoom } from './post-room.ts';
import { createClient } from './events/discord-client.ts';
import { GatewaySessions, gatewaySessionSchema } from './events/gateway-sessions.ts';
import { interactionCreate } from './events/interaction-create.ts';
import { registerCommands, type Registration } from './events/register-commands.ts';
import { Watchdog } from './events/watchdog.ts';
import type { Step } from './domain/step.ts';
import { systemClock, type Clock } from './services/clock.ts';
import { clearLeftovers } from './services/clear-leftovers.ts';
import { Availability } from './services/jobs/availability.ts';
import { Ffmpeg, usualPlaces } from './services/audio/ffmpeg.ts';
import { Health } from './services/health.ts';
import { Downloads } from './services/library/downloads.ts';
import { Durations, durationsSchema } from './services/jobs/durations.ts';
import { Parking } from './services/jobs/parking.ts';
import { TaskPoller } from './services/jobs/poll-tasks.ts';
import { Turnstile } from './services/jobs/turnstile.ts';
import { Workshop } from './services/jobs/workshop.ts';
import { createLogger } from './services/logger.ts';
import { shutDown } from './services/shutdown.ts';
import { SongApiHttp } from './services/song-api/http.ts';
import { Media } from './services/song-api/media.ts';
import { SongApi } from './services/song-api/song-api.ts';
import { drawVersionTree } from './services/pictures/draw-version-tree.ts';
import { Steward } from './services/quota/steward.ts';
import { en } from './services/text/en.ts';
import { Ticker } from './services/ticker.ts';

/** What tests and the playground bring instead of the real thing. */
export interface Seams {
  clock?: Clock;
  logTo?: { write(line: string): void };
  progressEveryMs?: number;
  mediaRetryDelaysMs?: readonly number[];
  missingGraceMs?: number;
  /** Told at each step of a job's life that a crash may follow; for tests that crash there. */
  reached?: (step: Step) => void;
  gatewayPatienceMs?: number;
}

export interface App {
  /** Resolves when the gateway is ready and commands are registered. */
  start(): Promise<void>;
  /** Ends what is under way, in order, within its deadline. */
  stop(): Promise<void>;
  /** Only tells Discord about the commands; needs no `start`. */
  register(): Promise<Registration>;
  /** Where `/healthz` listens; undefined when it is off. */
  healthPort: number | undefined;
}

/** Edges of what is posted to audit channels. */
const alarmColour = 0xf0b132;
const changeColour = 0x80848e;
const stopDeadlineMs = 8_000;
/** A submit is given up after a minute: an older one belongs to a process that died. */
const abandonedSubmitMs = 90_000;
/** Fetching, looking at and uploading a song is over in minutes. */
const abandonedFileMs = 3_600_000;

/** Throws where the database can't be opened or the catalogue file can't be used. */
export async function createApp(config: Config, seams: Seams = {}): Promise<App> {
  // Tools
  const clock = seams.clock ?? systemClock;
  const log = createLogger({
    level: config.LOG_LEVEL,
    secrets: [config.DISCORD_TOKEN, config.CCAPI_API_KEY, config.DATABASE_URL ?? ''],
    destination: seams.logTo,
  });
  const catalogue = loadCatalogue(config.SONG_API_CATALOGUE);

  // Archive
  const archive = await openArchive(config, clock, log);
  const { storage, ledger, till, jobs } = archive;

  const ffmpeg = await Ffmpeg.find({ command: config.FFMPEG_PATH, searchPath: usualPlaces });

  // Loading dock
  const http = new SongApiHttp({ baseUrl: config.CCAPI_BASE_URL, apiKey: config.CCAPI_API_KEY });
  const songApi = new SongApi(http);
  const media = new Media({
    clock,
    log,
    trustedHosts: new Set(config.MEDIA_TRUSTED_HOSTS),
    retryDelaysMs: seams.mediaRetryDelaysMs,
  });
  const quickMedia = new Media({
    clock,
    log,
    trustedHosts: new Set(config.MEDIA_TRUSTED_HOSTS),
    retryDelaysMs: seams.mediaRetryDelaysMs?.slice(0, 1) ?? [1_000],
  });

  // Workshop; what changes there goes to the post room below, and wakes the ticker
  const durations = new Durations(storage.kv('durations', durationsSchema));
  const parking = new Parking(clock);
  const availability = new Availability({ catalogue, clock, log, kv: storage.kv('unserved', z.number()) });
  await availability.load();
  const workshop = new Workshop({
    jobs,
    songApi,
    catalogue,
    durations,
    parking,
    turnstile: new Turnstile({ clock }),
    clock,
    log,
    slots: {
      perUser: config.MAX_JOBS_PER_USER,
      perGuild: config.MAX_JOBS_PER_GUILD,
      total: config.MAX_JOBS_TOTAL,
    },
    firstLookMs: config.POLL_INTERVAL_MS,
    longestWaitMs: config.JOB_TIMEOUT_MINUTES * 60_000,
    till,
    availability,
    reached: seams.reached,
    async isPaused(guildId) {
      return (await till.guildAccount(storage.db, guildId)).paused;
    },
    onChange(job) {
      delivery.changed(job);
      ticker.wake();
    },
    onAlarm({ guildId, percent, standing, endsAt }) {
      notices.post(guildId, en.alarm(percent, standing, endsAt), alarmColour);
    },
  });
  const poller = new TaskPoller({
    jobs,
    catalogue,
    workshop,
    songApi,
    parking,
    clock,
    log,
    intervalMs: config.POLL_INTERVAL_MS,
    jobTimeoutMs: config.JOB_TIMEOUT_MINUTES * 60_000,
    missingGraceMs: seams.missingGraceMs,
  });

  // Post room
  const folder = join(config.DATA_DIR, 'media');
  const downloads = new Downloads({ media: quickMedia, ffmpeg, folder });
  const postRoom = openPostRoom(config, archive, {
    catalogue,
    availability,
    durations,
    songApi,
    media,
    quickMedia,
    ffmpeg,
    clock,
    log,
    folder,
    progressEveryMs: seams.progressEveryMs ?? 3_000,
    reached: seams.reached,
    isMadeHere: (deed) => deed === 'download' && downloads.canConvert,
    waitOf: (job) => workshop.waitOf(job),
    async onUnusable(jobId, why) {
      await workshop.apply(jobId, { is: 'unusable', why });
    },
  });
  const { delivery, notices } = postRoom;

  const steward = new Steward({
    storage,
    ledger,
    till,
    clock,
    unitsPerUsd: config.SONG_API_UNITS_PER_USD,
    onChange(guildId, entry) {
      notices.post(guildId, en.auditLine(entry), changeColour);
    },
  });

  // Heartbeat
  let open = true;
  const ticker: Ticker = new Ticker({
    clock,
    interval: () => (open ? config.POLL_INTERVAL_MS : null),
    onError: (step, error) => log.error({ err: error, step }, 'a step of the ticker failed'),
    steps: [
      { name: 'poll open tasks', run: () => poller.poll() },
      { name: 'sweep orphans', run: () => workshop.sweep(abandonedSubmitMs) },
      { name: 'start waiting jobs', run: async () => workshop.handOut() },
      { name: 'retry deliveries', run: () => delivery.retryUndelivered() },
      { name: 'look whether anything is open', run: async () => void (open = await jobs.anythingOpen()) },
    ],
  });

  // Counters and hall
  const counters = openCounters(config, archive, {
    catalogue,
    workshop,
    availability,
    steward,
    media,
    clock,
    log,
    downloads,
    folder,
    post: (channelId, message) => notices.send(channelId, message),
    drawVersions: drawVersionTree,
    showAgain: postRoom.showAgain,
    exportSongs: postRoom.exportSongs,
    takeAway: postRoom.takeAway,
  });
  const gateway = createClient({
    apiUrl: config.DISCORD_API_URL,
    shards: config.SHARDS,
    sessions: new GatewaySessions({ kv: storage.kv('gateway-sessions', gatewaySessionSchema), clock, log }),
    log,
    onInteraction: interactionCreate({ ...counters, hasJob: (id) => jobs.hasJob(id), log, clock }),
  });
  const { client } = gateway;
  const limitMs = seams.gatewayPatienceMs ?? 60_000;
  const watchdog = new Watchdog({ ...gateway, clock, log, limitMs, lookEveryMs: limitMs / 12 });

  const health = new Health({
    host: config.HTTP_HOST,
    port: config.HTTP_PORT,
    async notReady() {
      await jobs.anythingOpen();
      const away = [...gateway.shards()]
        .filter(([, state]) => state !== 'ready')
        .map(([shard]) => `gateway shard ${shard}`);
      return client.isReady() ? away : ['the Discord gateway'];
    },
  });

  const app: App = {
    healthPort: undefined,
    async register() {
      client.rest.setToken(config.DISCORD_TOKEN);
      return registerCommands(client.rest, counters.all, log);
    },
    async start() {
      if (config.HTTP_PORT !== 0) app.healthPort = await health.start();
      // A lone process knows that all submits in the table and all files are orphans; beside others it waits for their age.
      const isAlone = storage.engine === 'sqlite';
      await workshop.sweep(isAlone ? 0 : abandonedSubmitMs);
      await clearLeftovers(folder, isAlone ? Infinity : clock.now() - abandonedFileMs).catch(
        (error: unknown) => log.warn({ err: error }, 'files that were left behind could not be deleted'),
      );
      const ready = new Promise<void>((resolve) => client.once(Events.ClientReady, () => resolve()));
      watchdog.start();
      await client.login(config.DISCORD_TOKEN);
      await ready;
      await registerCommands(client.rest, counters.all, log);
      ticker.start();
      log.info({ shards: client.ws.shards.size }, 'Minstrel is ready');
    },
    async stop() {
      const rooms = [
        // First: what members ask from now on waits at Discord for the next process.
        { name: 'the gateway', run: () => Promise.all([watchdog.stop(), gateway.close()]) },
        { name: 'the workshop', run: () => workshop.close() },
        { name: 'the ticker', run: () => ticker.stop() },
        { name: 'the post room', run: () => postRoom.close() },
        { name: 'the song API', run: () => Promise.all([http.close(), media.close(), quickMedia.close()]) },
        {
          name: 'the health port',
          run: () => (app.healthPort === undefined ? Promise.resolve() : health.stop()),
        },
        { name: 'the database', run: () => storage.close() },
      ];
      await shutDown(rooms, stopDeadlineMs, (step, error) =>
        log.error({ err: error, step }, 'could not be closed'),
      );
      log.info('Minstrel has stopped');
    },
  };
  return app;
}
