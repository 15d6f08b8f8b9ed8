import { builtInCatalogue } from '../../src/domain/built-in-catalogue.ts';
import type { Entry } from '../../src/domain/account.ts';
import { Refusal } from '../../src/domain/errors.ts';
import type { Job } from '../../src/domain/job-record.ts';
import type { Allowance } from '../../src/domain/quota.ts';
import { Durations, durationsSchema } from '../../src/services/jobs/durations.ts';
import { Parking } from '../../src/services/jobs/parking.ts';
import { TaskPoller } from '../../src/services/jobs/poll-tasks.ts';
import { Turnstile } from '../../src/services/jobs/turnstile.ts';
import { Workshop, type WorkshopOptions } from '../../src/services/jobs/workshop.ts';
import { Steward } from '../../src/services/quota/steward.ts';
import { Till, type Alarm } from '../../src/services/quota/till.ts';
import type { SongApi } from '../../src/services/song-api/song-api.ts';
import type { Clock } from '../../src/services/clock.ts';
import type { Storage } from '../../src/services/storage/database.ts';
import { JobTable } from '../../src/services/storage/job-table.ts';
import { LedgerTable } from '../../src/services/storage/ledger-table.ts';
import { listeningLog } from './quiet.ts';
import { ScriptedSongApi } from './workshop-rig.ts';

export interface HouseOptions extends Partial<Pick<WorkshopOptions, 'slots' | 'reached' | 'onChange'>> {
  storage: Storage;
  clock: Clock;
  defaults: { guild: Allowance; user: Allowance };
  songApi?: Pick<SongApi, 'submit' | 'fetchTasks' | 'fetchTask'> | undefined;
  /** Nothing starts by itself: a test makes every move. */
  byHand?: boolean;
}

export const longestWaitMs = 60 * 60_000;
export const firstLookMs = 5_000;

/** Leaves the queue unseen by the workshop. */
class TableByHand extends JobTable {
  override waiting = (): Promise<[]> => Promise.resolve([]);
  override busy = (): Promise<[]> => Promise.resolve([]);
}

export interface House {
  storage: Storage;
  jobs: JobTable;
  ledger: LedgerTable;
  till: Till;
  steward: Steward;
  workshop: Workshop;
  poller: TaskPoller;
  durations: Durations;
  alarms: Alarm[];
  told: Entry[];
  logged: Record<string, unknown>[];
  /** `held`, `again` when the interaction has a job already, or why it was refused. */
  request(wish: Job, roleIds?: readonly string[]): Promise<string>;
}

/** Till, table and workshop over one storage, joined as app.ts joins them. */
export function tillHouse(options: HouseOptions): House {
  const { storage, clock, defaults, songApi = new ScriptedSongApi() } = options;
  const { log, lines: logged } = listeningLog('warn');
  const ledger = new LedgerTable(storage.engine);
  const till = new Till({ ledger, clock, defaults });
  const Table = options.byHand ? TableByHand : JobTable;
  const jobs = new Table(storage, {
    follow: (transaction, job) => till.follow(transaction, job),
    onCorrupt(error) {
      throw error;
    },
  });
  const alarms: Alarm[] = [];
  const told: Entry[] = [];
  const durations = new Durations(storage.kv('durations', durationsSchema));
  const parking = new Parking(clock);
  const workshop = new Workshop({
    availability: { refused: () => Promise.resolve(), accepted: () => Promise.resolve() },
    jobs,
    songApi,
    catalogue: builtInCatalogue,
    till,
    parking,
    turnstile: new Turnstile({ clock }),
    durations,
    clock,
    log,
    slots: options.slots ?? { perUser: 2, perGuild: 5, total: 50 },
    firstLookMs,
    longestWaitMs,
    onChange: options.onChange ?? (() => undefined),
    isPaused: async (guildId) => (await till.guildAccount(storage.db, guildId)).paused,
    reached: options.reached,
    onAlarm: (alarm) => alarms.push(alarm),
  });
  return {
    storage,
    jobs,
    ledger,
    till,
    steward: new Steward({
      storage,
      ledger,
      till,
      clock,
      unitsPerUsd: undefined,
      onChange: (_, entry) => told.push(entry),
    }),
    workshop,
    poller: new TaskPoller({
      catalogue: builtInCatalogue,
      jobs,
      workshop,
      songApi,
      parking,
      clock,
      log,
      intervalMs: firstLookMs,
      jobTimeoutMs: longestWaitMs,
    }),
    durations,
    alarms,
    told,
    logged,
    async request(wish, roleIds = []) {
      try {
        const { guildId, userId } = wish;
        const taken = await workshop.request(wish, { guildId, userId, userName: 'Ann', roleIds });
        return taken ? 'held' : 'again';
      } catch (error) {
        if (error instanceof Refusal) return wordOf(error);
        throw error;
      }
    },
  };
}

export function wordOf({ reason }: Refusal): string {
  return reason.is === 'out-of-credits' ? `${reason.whose} is out of credits` : reason.is;
}
