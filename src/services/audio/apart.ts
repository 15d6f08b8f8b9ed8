/**
 * Work on strangers' files is done apart from the bot, in a process of its own (audio-watch.ts) with bounded memory
 * and time. What a file makes of that process says something about the file; that the process can't be had doesn't.
 */
import { fork, type ChildProcess } from 'node:child_process';
import { dirname, resolve } from 'node:path';
import { z } from 'zod';
import type { Report, Task } from './audio-watch.ts';
import type { Order } from './audio-worker.ts';
import { wentOver } from './went-over.ts';

export interface Limits {
  /** Milliseconds of computing; those that it waits for its turn on a busy machine don't count. */
  cpuMs: number;
  /** Beyond what Node and the library need by themselves. */
  memoryMb: number;
}

/** The work came to nothing: what the file is, or what it costs, was too much. */
export class CutShort extends Error {
  /** In a few words, without anything of the file in them. */
  readonly why: string;

  constructor(why: string, cause?: unknown) {
    super(`work on a file was cut short: ${why}`, cause === undefined ? {} : { cause });
    this.name = 'CutShort';
    this.why = why;
  }
}

const answerSchema = z.union([z.object({ done: z.unknown() }), z.object({ why: z.string() })]);
const audioWorker = new URL('audio-worker.ts', import.meta.url);
/** A process that gets no turn for so long tells of the machine, not of the file. */
const patienceMs = 60_000;

/** Gives what the worker found, as it came. Throws `CutShort`, or another error where the trouble is ours. */
export async function runApart(order: Order, limits: Limits, worker = audioWorker): Promise<unknown> {
  const child = fork(new URL('audio-watch.ts', import.meta.url), {
    // No secrets and no options of ours.
    env: {},
    execArgv: ['--permission', '--allow-worker', '--allow-fs-read=*', ...writable(order)],
    stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
    serialization: 'advanced',
  });
  try {
    const answer = answerSchema.safeParse(await report(child, { worker: worker.href, order, ...limits }));
    if (!answer.success) throw new CutShort('ended without an answer');
    if ('why' in answer.data) throw new CutShort(answer.data.why);
    return answer.data.done;
  } finally {
    child.kill('SIGKILL');
  }
}

/** Only the folder in which the result is to lie, for orders that have one. */
function writable(order: object): string[] {
  const to: unknown = Reflect.get(order, 'to');
  return typeof to === 'string' ? [`--allow-fs-write=${dirname(resolve(to))}`] : [];
}

function report(child: ChildProcess, task: Task): Promise<unknown> {
  return new Promise((done, fail) => {
    let isReady = false;
    const patience = setTimeout(() => fail(new Error('a process for a file got no turn')), patienceMs);
    child.once('error', fail);
    child.on('message', (message) => {
      const seen = message as Report;
      if (seen.is === 'ready') isReady = true;
      else if (seen.is === 'answer') done(seen.answer);
      else fail(new Error(`a file could not be worked on: ${seen.what}`));
    });
    child.once('close', (code, signal) => {
      clearTimeout(patience);
      if (code === wentOver.time) fail(new CutShort('took too long'));
      if (code === wentOver.memory) fail(new CutShort('went over its limits'));
      // Killed from outside: by somebody who needed the memory, or who stops everything.
      const isOurs = !isReady || signal === 'SIGKILL';
      const how = `ended without an answer (${signal ?? code})`;
      fail(isOurs ? new Error(`a process for a file ${how}`) : new CutShort('ended without an answer'));
    });
    child.send(task, (error) => error && fail(error));
  });
}
