/** `npm run doctor`: everything the bot needs, tried once and for free, as a table an operator can read. */
import { REST, Routes } from 'discord.js';
import { z } from 'zod';
import type { Config } from './config.ts';
import { explain } from './explain.ts';
import { loadCatalogue } from './load-catalogue.ts';
import { Ffmpeg, usualPlaces } from './services/audio/ffmpeg.ts';
import { nodeFetch } from './services/node-fetch.ts';
import { SongApiHttp } from './services/song-api/http.ts';
import { SongApi } from './services/song-api/song-api.ts';
import { openStorage, type Storage } from './services/storage/database.ts';

export interface Finding {
  what: string;
  ok: boolean;
  /** What was seen, or what to do about it. */
  detail: string;
}

export async function examine(config: Config): Promise<Finding[]> {
  return [
    await look('database', () => database(config)),
    await look("Discord's REST API and token", () => discord(config)),
    await look('song API and key', () => songApi(config)),
    await look('actions', () => actions(config)),
    await look('ffmpeg', () => ffmpeg(config)),
  ];
}

/** The findings as lines; the first column says at a glance which need a person. */
export function describeFindings(findings: readonly Finding[]): string {
  const width = Math.max(...findings.map(({ what }) => what.length));
  return findings
    .map(({ what, ok, detail }) => `  ${ok ? 'ok ' : 'BAD'}  ${what.padEnd(width)}  ${detail}`)
    .join('\n');
}

async function look(what: string, check: () => Promise<string>): Promise<Finding> {
  try {
    return { what, ok: true, detail: await check() };
  } catch (error) {
    return { what, ok: false, detail: explain(error) };
  }
}

async function withStorage<T>(config: Config, use: (storage: Storage) => Promise<T>): Promise<T> {
  const ignore = (): void => {};
  const storage = await openStorage({
    databaseUrl: config.DATABASE_URL,
    dataDir: config.DATA_DIR,
    now: Date.now,
    onCorrupt: ignore,
    onError: ignore,
  });
  try {
    return await use(storage);
  } finally {
    await storage.close();
  }
}

function database(config: Config): Promise<string> {
  return withStorage(config, async (storage) => {
    const kv = storage.kv('doctor', z.string());
    await kv.set('pulse', 'ok', 1_000);
    if ((await kv.get('pulse')) !== 'ok') throw new Error('what was written could not be read back');
    return storage.engine === 'sqlite' ? `SQLite in ${config.DATA_DIR}` : 'PostgreSQL';
  });
}

/** What the catalogue leaves out, and what the song API was found not to serve when somebody wanted it. */
function actions(config: Config): Promise<string> {
  return withStorage(config, async (storage) => {
    const rows = Object.entries(loadCatalogue(config.SONG_API_CATALOGUE));
    const off = rows.filter(([, { enabled }]) => !enabled).map(([key]) => key);
    const unserved: string[] = [];
    const kv = storage.kv('unserved', z.number());
    for (const [key, { enabled }] of rows) {
      const until = (await kv.get(key)) ?? 0;
      if (enabled && until > Date.now()) unserved.push(`${key} (tried again from ${utc(until)})`);
    }
    return [
      `${rows.length} in the catalogue`,
      ...(off.length === 0 ? [] : [`off: ${off.join(', ')}`]),
      `found not to be served: ${unserved.join(', ') || 'none so far'}`,
    ].join('; ');
  });
}

const utc = (ms: number): string => `${new Date(ms).toISOString().slice(0, 16).replace('T', ' ')} UTC`;

/** Without one nothing fails; where the operator names one, it has to run. */
async function ffmpeg({ FFMPEG_PATH }: Config): Promise<string> {
  const found = await Ffmpeg.find({ command: FFMPEG_PATH, searchPath: usualPlaces });
  if (found !== undefined) {
    const missing = ['aac', 'libmp3lame', 'libopus'].filter((encoder) => !found.encoders.has(encoder));
    const version = await found.version();
    return missing.length === 0 ? version : `${version}, without ${missing.join(', ')}`;
  }
  if (FFMPEG_PATH !== undefined) throw new Error(`${FFMPEG_PATH} (FFMPEG_PATH) does not run`);
  return 'none: what is too large is linked instead of made smaller, and most other formats come from the song API only';
}

async function discord(config: Config): Promise<string> {
  const rest = new REST({ version: '10', api: config.DISCORD_API_URL, retries: 0, makeRequest: nodeFetch });
  rest.setToken(config.DISCORD_TOKEN);
  const self = z.object({ username: z.string() }).parse(await rest.get(Routes.user()));
  const gateway = z
    .object({ shards: z.number(), session_start_limit: z.object({ remaining: z.number() }) })
    .parse(await rest.get(Routes.gatewayBot()));
  return `${self.username}, ${gateway.shards} shard(s), ${gateway.session_start_limit.remaining} logins left today`;
}

/** A batch fetch of a task that can't exist: free, and answered only to a key that may fetch. */
async function songApi(config: Config): Promise<string> {
  const http = new SongApiHttp({ baseUrl: config.CCAPI_BASE_URL, apiKey: config.CCAPI_API_KEY });
  try {
    await new SongApi(http).fetchTasks([{ taskId: 'task_doctor', platform: 'producer', yields: 'clips' }]);
    return `${config.CCAPI_BASE_URL} answers a batch fetch`;
  } finally {
    await http.close();
  }
}
