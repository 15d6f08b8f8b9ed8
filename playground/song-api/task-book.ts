import { randomInt, randomUUID } from 'node:crypto';
import { isAtOnce, type ActionKind } from './actions.ts';
import type { EmulatedTask, TaskScript } from './emulated-task.ts';
import type { Platform } from './platform.ts';
import { SeededRandom } from './seeded-random.ts';
import type { SongApiEvents } from './song-api-events.ts';
import type { SongOrder } from './song-order.ts';
import { failedData, finishedData, runningData } from './task-data.ts';
import { recordOf } from './record-of.ts';
import type { Upstream } from './upstream.ts';

export interface Submit {
  platform: Platform;
  action: string;
  kind: ActionKind;
  userId: number;
  body: Record<string, unknown>;
  order: SongOrder;
}

/** The documentation's example charge; by new-api's default unit it is 0.06 USD. */
const usualQuota = 30_000;

const terminal = new Set(['SUCCESS', 'FAILURE']);

/** The gateway's table of tasks and the poller that keeps it: the only thing that a fetch ever reads. */
export class TaskBook {
  readonly tasks = new Map<string, EmulatedTask>();
  readonly #now: () => number;
  readonly #songMs: readonly [min: number, max: number];
  readonly #rowDelayMs: number;
  readonly #random: SeededRandom;
  readonly #upstream: Upstream;
  readonly #events: SongApiEvents;
  readonly #scripts: TaskScript[] = [];
  #standing: TaskScript = {};

  constructor(options: {
    now: () => number;
    songMs: readonly [min: number, max: number];
    rowDelayMs: number;
    seed: number;
    upstream: Upstream;
    events: SongApiEvents;
  }) {
    this.#now = options.now;
    this.#songMs = options.songMs;
    this.#rowDelayMs = options.rowDelayMs;
    this.#random = new SeededRandom(`${options.seed}/tasks`);
    this.#upstream = options.upstream;
    this.#events = options.events;
  }

  next(script: TaskScript): void {
    this.#scripts.push(script);
  }

  always(script: TaskScript | undefined): void {
    this.#standing = script ?? {};
  }

  /** There is no idempotency: the same submit twice is two tasks and two charges. */
  accept(submit: Submit): EmulatedTask {
    const script: TaskScript = { ...this.#standing, ...this.#scripts.shift() };
    const now = this.#now();
    const job = this.#upstream.begin({ ...submit, script, at: now });
    const doneAt = now + Math.round(script.songMs ?? this.#random.between(...this.#songMs));
    const { kind, ...told } = submit;
    const task: EmulatedTask = {
      ...told,
      taskId: newTaskId(),
      rowId: this.tasks.size + 1,
      model: `${submit.platform}_${submit.action.toLowerCase()}`,
      quota: script.quota ?? usualQuota,
      upstreamId: randomUUID(),
      job,
      clips: job.clips,
      script,
      acceptedAt: now,
      rowAt: now + this.#rowDelayMs,
      doneAt,
      status: 'NOT_START',
      progress: '0%',
      failReason: '',
      resultUrl: '',
      startTime: 0,
      finishTime: 0,
      updatedAt: Math.floor(now / 1000),
      // The poller hasn't looked yet, and new-api's `data` is a nil RawMessage until then.
      data: null,
      looks: 0,
      finished: false,
      refunded: false,
      patch: {},
      before: undefined,
    };
    this.tasks.set(task.taskId, task);
    this.#events.emit('task-created', task);
    if (isAtOnce(kind) && !isScripted(script)) {
      task.doneAt = now;
      this.#finish(task, now);
      this.#written(task, now);
    }
    return task;
  }

  /** The row, if it is in the database and this account's. */
  find(taskId: string, userId: number): EmulatedTask | undefined {
    const task = this.tasks.get(taskId);
    if (task === undefined || task.userId !== userId || task.script.vanish === true) return undefined;
    return this.#now() < task.rowAt ? undefined : task;
  }

  /**
   * One round of the gateway's poller: only here do records change. Patient: a song is done once its files are there,
   * as upstream, however slow the machine; otherwise when its time has come.
   */
  tick({ patient }: { patient: boolean }): void {
    const now = this.#now();
    for (const task of this.tasks.values()) {
      if (task.finished || now < task.rowAt) continue;
      this.#look(task, now, task.job.ready && !(patient && task.job.composing));
    }
  }

  finishAll(): void {
    const now = this.#now();
    for (const task of this.tasks.values()) {
      if (task.finished || task.script.neverFinish === true || !task.job.ready) continue;
      task.rowAt = Math.min(task.rowAt, now);
      task.doneAt = Math.min(task.doneAt, now);
      task.before = recordOf(task);
      task.patch = {};
      this.#finish(task, now);
      this.#written(task, now);
    }
  }

  charged(): number {
    return [...this.tasks.values()]
      .filter((task) => !task.refunded)
      .reduce((sum, task) => sum + task.quota, 0);
  }

  #look(task: EmulatedTask, now: number, isThere: boolean): void {
    const { script } = task;
    task.before = recordOf(task);
    task.patch = script.statuses?.[task.looks] ?? {};
    task.looks += 1;
    const scripted = task.looks <= (script.statuses?.length ?? 0);
    if (scripted) {
      this.#run(task, now);
      if (task.patch.status !== undefined && terminal.has(task.patch.status)) this.#finish(task, now);
    } else if (now >= task.doneAt && isThere && script.neverFinish !== true) this.#finish(task, now);
    else this.#run(task, now);
    this.#written(task, now);
  }

  #run(task: EmulatedTask, now: number): void {
    const done = (now - task.acceptedAt) / Math.max(1, task.doneAt - task.acceptedAt);
    const percent = Math.round(Math.min(95, Math.max(20, done * 100)));
    task.status = task.script.unknownStatus ?? 'IN_PROGRESS';
    // Stock Suno leaves it at "0%" until the end.
    task.progress = task.platform === 'suno' ? '0%' : `${percent}%`;
    task.data = runningData(task, percent);
    if (task.startTime === 0) task.startTime = Math.floor(now / 1000);
  }

  #finish(task: EmulatedTask, now: number): void {
    const { script } = task;
    const reason = script.fail ?? task.job.failure;
    const fails = reason !== undefined || task.patch.status === 'FAILURE';
    task.finished = true;
    task.finishTime = Math.floor(now / 1000);
    task.progress = '100%';
    if (fails) {
      task.status = 'FAILURE';
      task.failReason = reason ?? task.patch.fail_reason ?? 'upstream returned error';
      task.data = failedData(task);
      task.refunded = true;
      return;
    }
    task.status = 'SUCCESS';
    this.#upstream.publish(task, Math.min(task.doneAt, now));
    task.data = finishedData(task);
    // Stock code never sets it for Suno.
    if (task.platform === 'producer' && script.noAudio !== true)
      task.resultUrl = task.job.resultUrl ?? task.clips[0]?.audioUrl ?? '';
  }

  #written(task: EmulatedTask, now: number): void {
    task.updatedAt = Math.floor(now / 1000);
    const record = recordOf(task);
    this.#events.emit('task-advanced', task, record);
    if (task.finished) this.#events.emit('task-finished', task, record);
  }
}

/** A test that tells a task how to go wants to see it go. */
function isScripted(script: TaskScript): boolean {
  return ['songMs', 'statuses', 'neverFinish', 'vanish', 'unknownStatus', 'fail'].some(
    (key) => key in script,
  );
}

const alphanumerics = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz';

/** `length` random characters as new-api draws them: never from the seed, so that ids are unique across emulators. */
export function randomAlphanumerics(length: number): string {
  return Array.from({ length }, () => alphanumerics[randomInt(alphanumerics.length)]).join('');
}

function newTaskId(): string {
  return `task_${randomAlphanumerics(32)}`;
}
