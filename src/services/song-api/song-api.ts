/** The song API as the rest of the house knows it: submit one, ask about many, ask about one. */
import { wireBody, type Action } from '../../domain/actions.ts';
import type { TaskSnapshot } from '../../domain/job.ts';
import type { Platform, SongInputs } from '../../domain/song.ts';
import type { SongApiHttp } from './http.ts';
import { SongApiError } from './song-api-error.ts';
import { readBatch, readRecord, readTaskId } from './wire.ts';

export interface TaskRef {
  taskId: string;
  platform: Platform;
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

export class SongApi {
  readonly #http: SongApiHttp;
  #chunk = largestChunk;
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
      this.#mixes !== false ? [tasks] : [tasks.filter(isProducer), tasks.filter((task) => !isProducer(task))];
    for (const group of groups) {
      for (let from = 0; from < group.length;) {
        const chunk = group.slice(from, from + this.#chunk);
        from += chunk.length;
        await this.#fetchChunk(chunk, answer);
      }
    }
    return answer;
  }

  /** One task, or undefined where the song API says that it knows no such task. */
  async fetchTask(task: TaskRef): Promise<TaskSnapshot | undefined> {
    const path = `/${task.platform}/fetch/${encodeURIComponent(task.taskId)}`;
    try {
      return readRecord(await this.#http.call({ method: 'GET', path }));
    } catch (error) {
      if (error instanceof SongApiError && (error.code === 'task_not_exist' || error.status === 404))
        return undefined;
      throw error;
    }
  }

  async #fetchChunk(chunk: readonly TaskRef[], answer: BatchAnswer): Promise<void> {
    const platform = chunk.some(isProducer) ? 'producer' : 'suno';
    try {
      await this.#ask(platform, chunk, answer);
      this.#chunk = Math.min(largestChunk, this.#chunk * 2);
    } catch (error) {
      if (!(error instanceof SongApiError && isRefusedChunk(error))) throw error;
      this.#chunk = Math.max(1, Math.floor(chunk.length / 2));
      answer.problems.push(error);
      return;
    }
    const isAnswered = (task: TaskRef): boolean => answer.snapshots.has(task.taskId);
    const foreign = chunk.filter((task) => task.platform !== platform);
    if (foreign.some(isAnswered)) this.#mixes = true;
    else if (this.#mixes === undefined && foreign.length > 0 && chunk.some(isAnswered)) {
      // Own tasks answered, the other platform's all absent: perhaps this gateway keeps the two apart.
      await this.#ask('suno', foreign, answer);
      if (foreign.some(isAnswered)) this.#mixes = false;
    }
    answer.missing.push(...chunk.filter((task) => !isAnswered(task)));
  }

  async #ask(platform: Platform, chunk: readonly TaskRef[], answer: BatchAnswer): Promise<void> {
    const asked = new Set(chunk.map((task) => task.taskId));
    const body = { ids: [...asked] };
    const batch = readBatch(await this.#http.call({ method: 'POST', path: `/${platform}/fetch`, body }));
    if (batch.unreadable > 0)
      answer.problems.push(new Error(`${batch.unreadable} unreadable record(s) in a batch`));
    for (const [taskId, snapshot] of batch.snapshots) {
      if (asked.has(taskId)) answer.snapshots.set(taskId, snapshot);
    }
  }
}

const isProducer = (task: TaskRef): boolean => task.platform === 'producer';

/** Too many ids, or one that can't be read: smaller chunks find out which. */
function isRefusedChunk(error: SongApiError): boolean {
  return error.kind === 'rejected' || error.code === 'get_tasks_failed';
}
