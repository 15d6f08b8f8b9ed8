/**
 * The real bot between the two emulators, over real sockets: what the tests, the bench and `npm run playground` all
 * stand on. The bot is built by the product's own `createApp` from an ordinary environment.
 */
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createApp, type App, type Seams } from '../src/app.ts';
import { loadConfig } from '../src/config.ts';
import { botEnvironment } from './bot/bot-environment.ts';
import {
  createDiscord,
  type BotAccount,
  type DiscordOptions,
  type EmulatedDiscord,
} from './discord/discord.ts';
import type { EmulatedSongApi, SongApiOptions } from './song-api/emulated-song-api.ts';
import { createSongApi } from './song-api/song-api.ts';

export interface RigOptions {
  discord?: DiscordOptions;
  songApi?: SongApiOptions;
  /** Laid over the environment that joins the bot to the emulators. */
  environment?: Record<string, string>;
  /** Overrides of the catalogue of actions. */
  catalogue?: object;
  seams?: Seams;
  /** Kept afterwards when given; else a temporary folder that `stop` removes. */
  dataDir?: string;
}

export interface Rig {
  discord: EmulatedDiscord;
  songApi: EmulatedSongApi;
  account: BotAccount;
  environment: Record<string, string>;
  /** Every line that the bot has logged, newest last. */
  log: string[];
  app: App;
  /** Stops the bot (unless it was stopped) and starts a new one over the same database. */
  restart: () => Promise<void>;
  stop: () => Promise<void>;
}

export async function openRig(options: RigOptions = {}): Promise<Rig> {
  const discord = await createDiscord(options.discord);
  const songApi = await createSongApi(options.songApi);
  const account = discord.addBot({ name: 'Minstrel' });
  const dataDir = options.dataDir ?? (await mkdtemp(join(tmpdir(), 'minstrel-')));
  const catalogue = join(dataDir, 'catalogue.json');
  if (options.catalogue !== undefined) await writeFile(catalogue, JSON.stringify(options.catalogue));
  const environment: Record<string, string> = {
    ...botEnvironment(account, discord, songApi, dataDir),
    ...(options.catalogue === undefined ? {} : { SONG_API_CATALOGUE: catalogue }),
    ...options.environment,
  };
  const log: string[] = [];
  const start = async (): Promise<App> => {
    const app = await createApp(loadConfig(environment), {
      logTo: { write: (line) => void log.push(line) },
      ...options.seams,
    });
    await app.start();
    return app;
  };

  const rig: Rig = {
    discord,
    songApi,
    account,
    environment,
    log,
    app: await start(),
    async restart() {
      await rig.app.stop();
      rig.app = await start();
    },
    async stop() {
      await rig.app.stop();
      await Promise.all([discord.stop(), songApi.stop()]);
      if (options.dataDir === undefined) await rm(dataDir, { recursive: true, force: true });
    },
  };
  return rig;
}
