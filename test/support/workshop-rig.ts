import { Kysely } from 'kysely';
import { onTestFinished } from 'vitest';
import { type Action, type Catalogue } from '../../src/domain/actions.ts';
import { builtInCatalogue } from '../../src/domain/built-in-catalogue.ts';
import type { JobState, TaskSnapshot } from '../../src/domain/job.ts';
import type { Job } from '../../src/domain/job-record.ts';
import type { SongInputs } from '../../src/domain/song.ts';
import { Durations, durationsSchema } from '../../src/services/jobs/durations.ts';
import { Parking } from '../../src/services/jobs/parking.ts';
import { TaskPoller } from '../../src/services/jobs/poll-tasks.ts';
import { Workshop, type WorkshopOptions } from '../../src/services/jobs/workshop.ts';
import type { BatchAnswer, TaskRef } from '../../src/services/song-api/song-api.ts';
import { migrate } from '../../src/services/storage/database.ts';
import type { Schema } from '../../src/services/storage/schema.ts';
import { sqliteDialect } from '../../src/services/storage/sqlite-dialect.ts';
import { StrictKv } from '../../src/services/storage/strict-kv.ts';
import { FakeClock } from './fake-clock.ts';
import { listeningLog } from './quiet.ts';
import { job } from './songs.ts';
import { TestJobTable } from './test-job-table.ts';

/** A song API that does what a test says: by default it takes every song and has news of none. */
export class ScriptedSongApi {
  readonly submitted: SongInputs[] = [];
  readonly asked: string[][] = [];
  readonly askedAlone: string[] = [];
  onSubmit: (nth: number) => Promise<string> = (nth) => Promise.resolve(`task_${nth}`);
  /** Records by task id; a task without one is missing from the answer. */
  readonly news = new Map<string, TaskSnapshot>();
  onFetch: () => Promise<Partial<BatchAnswer>> = () => Promise.resolve({});
  onFetchTask: (taskId: string) => Promise<TaskSnapshot | undefined> = () => Promise.resolve(undefined);

  submit(_action: Action, inputs: SongInputs): Promise<string> {
    this.submitted.push(inputs);
    return this.onSubmit(this.submitted.length);
  }

  async fetchTasks(tasks: readonly TaskRef[]): Promise<BatchAnswer> {
    this.asked.push(tasks.map(({ taskId }) => taskId));
    const missing = tasks.filter(({ taskId }) => !this.news.has(taskId));
    return { snapshots: new Map(this.news), missing, problems: [], ...(await this.onFetch()) };
  }

  fetchTask({ taskId }: TaskRef): Promise<TaskSnapshot | undefined> {
    this.askedAlone.push(taskId);
    return this.onFetchTask(taskId);
  }
}

/** The real table, but a database that can be away for a while. */
class SometimesAway extends TestJobTable {
  failures = 0;

  override async update(...change: Parameters<TestJobTable['update']>): ReturnType<TestJobTable['update']> {
    if (this.failures > 0) {
      this.failures -= 1;
      throw new Error('the database is away');
    }
    return super.update(...change);
  }
}

export interface Rig {
  workshop: Workshop;
  poller: TaskPoller;
  songApi: ScriptedSongApi;
  jobs: SometimesAway;
  durations: Durations;
  clock: FakeClock;
  lines: Record<string, unknown>[];
  /** Asks for a song as a command does. */
  request(wish: Job): Promise<boolean>;
  /** Every change, in order. */
  changes: Job[];
  /** The job once `onChange` has told of this state; at once when it has already. */
  reached(id: string, state: JobState): Promise<Job>;
  stored(id: string): Promise<Job>;
  /** A job of a former life, put straight into the table. */
  put(n: number, more?: Partial<Job>): Promise<Job>;
}

export const intervalMs = 5_000;
export const jobTimeoutMs = 60 * 60_000;

let shared: Promise<Kysely<Schema>> | undefined;

/** One database for a test file, emptied for each test: its thread takes longer to start than a test to run. */
async function emptyDatabase(): Promise<Kysely<Schema>> {
  shared ??= (async () => {
    const db = new Kysely<Schema>({ dialect: sqliteDialect(':memory:') });
    await migrate(db);
    return db;
  })();
  const db = await shared;
  await db.deleteFrom('job').execute();
  await db.deleteFrom('kv').execute();
  return db;
}

/** Workshop and poller as app.ts builds them, over SQLite in memory and a scripted song API. */
export async function workshopRig(
  options: Partial<WorkshopOptions> & { catalogue?: Catalogue } = {},
): Promise<Rig> {
  const db = await emptyDatabase();
  const clock = new FakeClock();
  const { log, lines } = listeningLog();
  const songApi = new ScriptedSongApi();
  const jobs = new SometimesAway({ db, engine: 'sqlite' });
  const kv = new StrictKv(db, 'durations', durationsSchema, {
    now: () => clock.now(),
    onCorrupt: () => undefined,
    onError: () => undefined,
  });
  const durations = new Durations(kv);
  const changes: Job[] = [];
  const waiting = new Set<(changed: Job) => void>();
  const parking = new Parking(clock);
  const workshop = new Workshop({
    parking,
    jobs,
    songApi,
    catalogue: builtInCatalogue,
    turnstile: { pass: (_, work) => work() },
    till: { hold: () => Promise.resolve(null) },
    availability: { refused: () => Promise.resolve(), accepted: () => Promise.resolve() },
    isPaused: () => Promise.resolve(false),
    onAlarm: () => undefined,
    reached: () => undefined,
    durations,
    clock,
    log,
    slots: { perUser: 50, perGuild: 50, total: 50 },
    firstLookMs: intervalMs,
    longestWaitMs: jobTimeoutMs,
    onChange(changed) {
      changes.push(changed);
      for (const tell of waiting) tell(changed);
    },
    ...options,
  });
  const poller = new TaskPoller({
    catalogue: builtInCatalogue,
    parking,
    jobs,
    workshop,
    songApi,
    clock,
    log,
    intervalMs,
    jobTimeoutMs,
  });
  onTestFinished(() => workshop.close());

  const stored = async (id: string): Promise<Job> => {
    const found = await jobs.find(id);
    if (found === undefined) throw new Error(`there is no job ${id}`);
    return found;
  };
  return {
    workshop,
    poller,
    songApi,
    jobs,
    durations,
    clock,
    lines,
    changes,
    stored,
    request: (wish) => workshop.request(wish, { ...wish, userName: 'Ann', roleIds: [] }),
    reached: (id, state) =>
      new Promise((resolve) => {
        const look = (changed: Job): void => {
          if (changed.id !== id || changed.status.state !== state) return;
          waiting.delete(look);
          resolve(changed);
        };
        waiting.add(look);
        changes.forEach(look);
      }),
    async put(n, more) {
      const past = job(n, { createdAt: clock.now() + n, ...more });
      await jobs.write(past);
      return past;
    },
  };
}
