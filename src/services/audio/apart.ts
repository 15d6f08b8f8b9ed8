/**
 * Work on strangers' files is done apart from the bot (audio-worker.ts): with little memory, until a deadline, and
 * ended from outside when it goes over either.
 */
import { Worker } from 'node:worker_threads';
import { z } from 'zod';
import type { Order } from './audio-worker.ts';

export interface Limits {
  deadlineMs: number;
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

/** Gives what the worker found, as it came; throws `CutShort`. */
export async function runApart(order: Order, limits: Limits): Promise<unknown> {
  const worker = new Worker(new URL('audio-worker.ts', import.meta.url), {
    workerData: order,
    // mediabunny warns about strange files on the console: that is no place for a stranger's words.
    stdout: true,
    stderr: true,
    resourceLimits: { maxOldGenerationSizeMb: limits.memoryMb, maxYoungGenerationSizeMb: 32 },
  });
  try {
    const answer = answerSchema.parse(await firstMessage(worker, limits.deadlineMs));
    if ('why' in answer) throw new CutShort(answer.why);
    return answer.done;
  } finally {
    await worker.terminate();
  }
}

function firstMessage(worker: Worker, deadlineMs: number): Promise<unknown> {
  return new Promise((resolve, reject) => {
    const deadline = setTimeout(() => reject(new CutShort('took too long')), deadlineMs);
    const end = (error: Error): void => {
      clearTimeout(deadline);
      reject(error);
    };
    worker.once('message', (message) => {
      clearTimeout(deadline);
      resolve(message);
    });
    worker.once('error', (error) => end(new CutShort('went over its limits', error)));
    worker.once('exit', () => end(new CutShort('ended without an answer')));
  });
}
