/** The song API as the rest of the house knows it: submit one, ask about many, ask about one. */
import { wireBody, type Action } from '../../domain/actions.ts';
import type { TaskSnapshot } from '../../domain/job.ts';
import type { Yields } from '../../domain/result.ts';
import type { Platform, SongInputs } from '../../domain/song.ts';
import type { SongApiHttp } from './http.ts';
import { SongApiError } from './song-api-error.ts';
import { resultOf } from './result-of.ts';
import { readBatch, readRecord, readTaskId, type TaskRecord } from './wire.ts';

export interface TaskRef {
  taskId: string;
  platform: Platform;
  /** What is looked for in its result. */
  yields: Yields;
}

export interface BatchAnswer {
  snapshots: Map<string, TaskSnapshot>;
  /** Asked for and not in any answer; nothing is known about why. */
  missing: TaskRef[];
  /** Refused chunks and unreadable records, for the log. */
  problems: unknown[];
}

/** No source states a maximum; 50 is what a sister gateway recommends. */
const largestChunk = 50;
/** What a round may spend on finding out why a chunk was refused: enough to single out one of 50 ids. */
const mostExtraRequests = 14;

export class SongApi {
  readonly #http: SongApiHttp;
  #chunk = largestChunk;
  /** Ids that the song API refuses to hear about, even alone. */
  readonly #refused = new Set<string>();
  /** Whether one platform's batch also answers for the other's tasks, as stock code does; unknown until seen. */
  #mixes: boolean | undefined;

  constructor(http: SongApiHttp) {
    this.#http = http;
  }

  /**
   * Sends the request once and gives the task's id. Throws `SongApiError`; only `unreachable` and `limited` say
   * that nothing was accepted and it may be sent again.
   */
  async submit(action: Action, inputs: SongInputs): Promise<string> {
    const path = `/${action.platform}/submit/${action.token}`;
    const data = await this.#http.call({
      method: 'POST',
      path,
      body: wireBody(action, inputs),
      submit: true,
    });
    const taskId = readTaskId(data);
    if (taskId === undefined)
      throw new SongApiError('unanswered', `POST ${path}: accepted without a task id`, { status: 200 });
    return taskId;
  }

  /**
   * Everything about these tasks: one request per chunk, both platforms together. A chunk that is refused costs
   * only its own tasks this round; any other trouble throws, and nothing is known about any of them.
   */
  async fetchTasks(tasks: readonly TaskRef[]): Promise<BatchAnswer> {
    const answer: BatchAnswer = { snapshots: new Map(), missing: [], problems: [] };
    const groups =
      this.#mixes === false ? [tasks.filter(isProducer), tasks.filter((task) => !isProducer(task))] : [tasks];
    const chunks = groups.flatMap((group) => this.#cut(group));
    let extra = mostExtraRequests;
    for (let chunk = chunks.shift(); chunk !== undefined; chunk = chunks.shift()) {
      if (await this.#fetchChunk(chunk, answer)) continue;
      // Too many ids, or one that can't be read: the halves tell which, in this round while it costs little.
      if (chunk.length === 1) {
        chunk.forEach((task) => this.#refused.add(task.taskId));
        this.#chunk = largestChunk;
      } else if (extra >= 2) {
        extra -= 2;
        this.#chunk = Math.ceil(chunk.length / 2);
        chunks.unshift(...this.#cut(chunk));
      }
    }
    return answer;
  }

  /** One task, or undefined where the song API says that it knows no such task. */
  async fetchTask(task: TaskRef): Promise<TaskSnapshot | undefined> {
    const path = `/${task.platform}/fetch/${encodeURIComponent(task.taskId)}`;
    try {
      const record = readRecord(await this.#http.call({ method: 'GET', path }));
      return record?.taskId === task.taskId ? snapshotOf(record, task) : undefined;
    } catch (error) {
      if (error instanceof SongApiError && (error.code === 'task_not_exist' || error.status === 404))
        return undefined;
      throw error;
    }
  }

  /** Chunks of the size that works; ids that were refused alone before stay alone. */
  #cut(tasks: readonly TaskRef[]): TaskRef[][] {
    const alone = tasks.filter((task) => this.#refused.has(task.taskId));
    const rest = tasks.filter((task) => !this.#refused.has(task.taskId));
    const count = Math.ceil(rest.length / this.#chunk);
    const chunks = Array.from({ length: count }, (_, index) =>
      rest.slice(index * this.#chunk, (index + 1) * this.#chunk),
    );
    return [...chunks, ...alone.map((task) => [task])];
  }

  /** False when the chunk as such was refused. */
  async #fetchChunk(chunk: readonly TaskRef[], answer: BatchAnswer): Promise<boolean> {
    const platform = chunk.some(isProducer) ? 'producer' : 'suno';
    if (!(await this.#ask(platform, chunk, answer))) return false;
    const isAnswered = (task: TaskRef): boolean => answer.snapshots.has(task.taskId);
    const foreign = chunk.filter((task) => task.platform !== platform);
    if (foreign.some(isAnswered)) this.#mixes = true;
    else if (this.#mixes === undefined && foreign.length > 0 && chunk.some(isAnswered)) {
      // Own tasks answered, the other platform's all absent: perhaps this gateway keeps the two apart.
      await this.#ask('suno', foreign, answer);
      if (foreign.some(isAnswered)) this.#mixes = false;
    }
    answer.missing.push(...chunk.filter((task) => !isAnswered(task)));
    return true;
  }

  /** False, and a problem for the log, when the request was understood and refused. */
  async #ask(platform: Platform, chunk: readonly TaskRef[], answer: BatchAnswer): Promise<boolean> {
    const asked = new Map(chunk.map((task) => [task.taskId, task]));
    let data: unknown;
    try {
      data = await this.#http.call({
        method: 'POST',
        path: `/${platform}/fetch`,
        body: { ids: [...asked.keys()] },
      });
    } catch (error) {
      if (!(error instanceof SongApiError && error.kind === 'rejected')) throw error;
      answer.problems.push(error);
      return false;
    }
    const batch = readBatch(data);
    if (batch.unreadable > 0)
      answer.problems.push(new Error(`${batch.unreadable} unreadable record(s) in a batch`));
    for (const [taskId, record] of batch.records) {
      const task = asked.get(taskId);
      if (task !== undefined) answer.snapshots.set(taskId, snapshotOf(record, task));
    }
    return true;
  }
}

const isProducer = (task: TaskRef): boolean => task.platform === 'producer';

function snapshotOf({ payload, ...news }: TaskRecord, { yields }: TaskRef): TaskSnapshot {
  return { ...news, result: payload === undefined ? null : resultOf(payload, yields) };
}
