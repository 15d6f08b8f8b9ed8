/**
 * A process in which strangers' files are worked on, one after another: its environment is empty, it may start no other
 * process, write nowhere but where results go, and (from Node 25 on) go nowhere. This thread only watches; for each
 * order another one does the work and is gone before the answer is given. V8 bounds that one's heap but not the buffers
 * beside it, so the whole process is measured, and ends when it goes over.
 */
import { Worker } from 'node:worker_threads';
import { wentOver } from './went-over.ts';

/** What the parent sends, one at a time. */
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
  | { is: 'begun' }
  /** As the worker put it. `isWorn`: so much memory stays taken that the next file had better have a new process. */
  | { is: 'answer'; answer: unknown; isWorn: boolean }
  /** The work could not be begun: nothing is known about the file. */
  | { is: 'trouble'; what: string };

const lookEveryMs = 20;
const megabyte = 1024 * 1024;
/** A thread and the library in it: 40 MB measured. */
const libraryBytes = 64 * megabyte;
/** Work on songs of 2 to 6 MB leaves 80 to 115 MB taken, however many there were. */
const wornBytes = process.memoryUsage.rss() + 128 * megabyte;

// Ctrl-C and some supervisors signal the whole group. When to stop is the bot's decision; without it, nobody listens.
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => undefined);
process.once('disconnect', () => process.exit(1));
process.on('message', (task) => carryOut(task as Task));

function carryOut({ worker: address, order, cpuMs, memoryMb }: Task): void {
  report({ is: 'begun' });
  const begun = process.cpuUsage();
  const mostBytes = process.memoryUsage.rss() + libraryBytes + memoryMb * megabyte;
  const worker = new Worker(new URL(address), {
    workerData: order,
    // The library warns about strange files on the console: that is no place for a stranger's words.
    stdout: true,
    stderr: true,
    resourceLimits: { maxOldGenerationSizeMb: memoryMb, maxYoungGenerationSizeMb: 32 },
  });
  const watch = setInterval(() => {
    const { user, system } = process.cpuUsage(begun);
    if (process.memoryUsage.rss() > mostBytes) process.exit(wentOver.memory);
    if ((user + system) / 1_000 > cpuMs) process.exit(wentOver.time);
  }, lookEveryMs);
  let answer: unknown;
  let trouble: string | undefined;
  worker.once('message', (message) => {
    answer = message;
    void worker.terminate();
  });
  // What the file makes the library throw is part of the answer; this is the thread's own end.
  worker.once('error', (error) => {
    if ('code' in error && error.code === 'ERR_WORKER_OUT_OF_MEMORY') process.exit(wentOver.memory);
    trouble = error.message;
  });
  worker.once('exit', () => {
    clearInterval(watch);
    const isWorn = process.memoryUsage.rss() > wornBytes;
    report(trouble === undefined ? { is: 'answer', answer, isWorn } : { is: 'trouble', what: trouble });
  });
}

function report(message: Report): void {
  process.send?.(message);
}
