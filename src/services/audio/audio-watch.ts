/**
 * The process in which strangers' files are worked on: its environment is empty, it may start no other process, write
 * nothing but its result, and (from Node 25 on) go nowhere. This thread only watches; another one does the work. V8
 * bounds that one's heap but not the buffers beside it, so the whole process is measured, and ends when it goes over.
 */
import { Worker } from 'node:worker_threads';
import { wentOver } from './went-over.ts';

/** What the parent sends, once. */
export interface Task {
  /** Address of the worker's source. */
  worker: string;
  order: unknown;
  /** Milliseconds of computing. */
  cpuMs: number;
  /** Beyond what Node and the library need by themselves. */
  memoryMb: number;
}

export type Report =
  /** From here on, what goes wrong is the file's doing. */
  | { is: 'ready' }
  /** As the worker put it. */
  | { is: 'answer'; answer: unknown }
  /** The work could not be begun: nothing is known about the file. */
  | { is: 'trouble'; what: string };

const lookEveryMs = 20;
/** A thread and the library in it: 40 MB measured. */
const libraryMb = 64;
const megabyte = 1024 * 1024;

// Ctrl-C and some supervisors signal the whole group. When to stop is the bot's decision; without it, nobody listens.
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => undefined);
process.once('disconnect', () => process.exit(1));
process.once('message', (task) => carryOut(task as Task));
report({ is: 'ready' });

function carryOut({ worker: address, order, cpuMs, memoryMb }: Task): void {
  const begun = process.cpuUsage();
  const mostBytes = process.memoryUsage.rss() + (libraryMb + memoryMb) * megabyte;
  const worker = new Worker(new URL(address), {
    workerData: order,
    // The library warns about strange files on the console: that is no place for a stranger's words.
    stdout: true,
    stderr: true,
    resourceLimits: { maxOldGenerationSizeMb: memoryMb, maxYoungGenerationSizeMb: 32 },
  });
  worker.once('message', (answer) => report({ is: 'answer', answer }));
  // What the file makes the library throw is part of the answer; this is the thread's own end.
  worker.once('error', (error) => {
    if ('code' in error && error.code === 'ERR_WORKER_OUT_OF_MEMORY') process.exit(wentOver.memory);
    report({ is: 'trouble', what: error.message });
  });
  worker.once('exit', () => report({ is: 'answer', answer: undefined }));
  setInterval(() => {
    const { user, system } = process.cpuUsage(begun);
    if (process.memoryUsage.rss() > mostBytes) process.exit(wentOver.memory);
    if ((user + system) / 1_000 > cpuMs) process.exit(wentOver.time);
  }, lookEveryMs);
}

/** After the first one that matters, the parent ends this process. */
function report(message: Report): void {
  process.send?.(message);
}
