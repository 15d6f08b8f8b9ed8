/** The lower half of the composition root: the database with everything that is kept in it. */
import type { Config } from './config.ts';
import type { CorruptRow } from './domain/errors.ts';
import { guildSettingsSchema } from './domain/guild-settings.ts';
import type { Job } from './domain/job-record.ts';
import { tracksOf } from './domain/tracks-of.ts';
import type { Clock } from './services/clock.ts';
import type { Logger } from './services/logger.ts';
import { Till } from './services/quota/till.ts';
import { openStorage, type Connection, type Storage } from './services/storage/database.ts';
import { JobTable } from './services/storage/job-table.ts';
import { LedgerTable } from './services/storage/ledger-table.ts';
import { SettingsStore } from './services/storage/settings-store.ts';
import { TrackTable } from './services/storage/track-table.ts';

export interface Archive {
  storage: Storage;
  settings: SettingsStore;
  ledger: LedgerTable;
  till: Till;
  tracks: TrackTable;
  jobs: JobTable;
}

/** Throws where the database can't be opened or migrated. */
export async function openArchive(config: Config, clock: Clock, log: Logger): Promise<Archive> {
  const storage = await openStorage({
    databaseUrl: config.DATABASE_URL,
    dataDir: config.DATA_DIR,
    now: () => clock.now(),
    onCorrupt: (namespace, key, error) =>
      log.error({ err: error, namespace, key }, 'a stored value is unreadable'),
    onError: (namespace, error) => log.error({ err: error, namespace }, 'the key-value store failed'),
  });
  const settings = new SettingsStore({
    kv: storage.kv('guild-settings', guildSettingsSchema),
    clock,
    shared: storage.engine === 'postgres',
    onError: (error) => log.warn({ err: error }, 'settings could not be read anew'),
  });
  await settings.load();
  const ledger = new LedgerTable(storage.engine);
  const till = new Till({
    ledger,
    clock,
    defaults: {
      guild: { credits: config.GUILD_CREDITS, period: config.GUILD_PERIOD },
      user: { credits: config.USER_CREDITS, period: config.USER_PERIOD },
    },
  });
  const onCorrupt = (error: CorruptRow): void =>
    log.error({ err: error, table: error.table, id: error.id }, 'a stored row is unreadable and set aside');
  const tracks = new TrackTable(storage, { onCorrupt });
  const jobs = new JobTable(storage, {
    // In the transaction of every change: what a job's new state means for its credits and for the library.
    async follow(transaction, job) {
      if (job.delivery === 'pending') await keepInLibrary(transaction, job);
      return till.follow(transaction, job);
    },
    onCorrupt,
  });

  async function keepInLibrary(transaction: Connection, job: Job): Promise<void> {
    const { status, inputs } = job;
    if (status.state === 'failed') return tracks.removeOf(transaction, job.id);
    await tracks.add(transaction, tracksOf(job));
    if (status.state === 'succeeded' && status.result.is === 'timing' && inputs.clip !== undefined)
      await tracks.keepTiming(transaction, inputs.clip, status.result.words);
  }

  return { storage, settings, ledger, till, tracks, jobs };
}
