/**
 * Work on strangers' files is done apart from the bot, in a process (audio-watch.ts) with bounded memory and time. What
 * a file makes of that process says something about the file; that the process can't be had doesn't. Each order has a
 * thread of its own; a process whose order went well is kept for a while, since starting one costs more than most work.
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

interface Process {
  child: ChildProcess;
  /** The one folder in which it may write. */
  writable: string | undefined;
  /** Ends it when it has waited for long. */
  expiry?: NodeJS.Timeout;
}

const answerSchema = z.union([z.object({ done: z.unknown() }), z.object({ why: z.string() })]);
const audioWorker = new URL('audio-worker.ts', import.meta.url);
/** A process that gets no turn for so long tells of the machine, not of the file. */
const patienceMs = 60_000;
const idleMs = 30_000;
/** They hold 70 to 190 MB each. */
const mostIdle = 2;

let idle: Process[] = [];

/** Gives what the worker found, as it came. Throws `CutShort`, or another error where the trouble is ours. */
export async function runApart(order: Order, limits: Limits, worker = audioWorker): Promise<unknown> {
  const writable = writableFor(order);
  const found = take(writable) ?? start(writable);
  let isGood = false;
  try {
    const report = await reportOf(found.child, { worker: worker.href, order, ...limits });
    const answer = answerSchema.safeParse(report.answer);
    if (!answer.success) throw new CutShort('ended without an answer');
    if ('why' in answer.data) throw new CutShort(answer.data.why);
    isGood = !report.isWorn;
    return answer.data.done;
  } finally {
    if (isGood) keep(found);
    else end(found);
  }
}

/** Songs on their way have a folder each: a result may be written into any of those beside its own, nowhere else. */
function writableFor(order: object): string | undefined {
  const to: unknown = Reflect.get(order, 'to');
  return typeof to === 'string' ? dirname(dirname(resolve(to))) : undefined;
}

function start(writable: string | undefined): Process {
  // One that may write serves those who only read, too: what it replaces would lie idle.
  if (writable !== undefined)
    for (const each of idle.filter((other) => other.writable === undefined)) end(each);
  const child = fork(new URL('audio-watch.ts', import.meta.url), {
    // No secrets and no options of ours.
    env: {},
    execArgv: [
      '--permission',
      '--allow-worker',
      '--allow-fs-read=*',
      ...(writable === undefined ? [] : [`--allow-fs-write=${writable}`]),
    ],
    stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
    serialization: 'advanced',
  });
  // Whoever waits for an answer hears of it below; without this it would be an error of the bot.
  child.on('error', () => undefined);
  const started: Process = { child, writable };
  child.once('close', () => forget(started));
  return started;
}

/** One that may write there, or any for an order that writes nothing. */
function take(writable: string | undefined): Process | undefined {
  const found = idle.findLast((each) => writable === undefined || each.writable === writable);
  if (found === undefined) return undefined;
  forget(found);
  found.child.ref();
  found.child.channel?.ref();
  return found;
}

/** It doesn't keep the bot alive, nor outlive it: without the bot's end of the channel it ends. */
function keep(kept: Process): void {
  const { child } = kept;
  kept.expiry = setTimeout(() => end(kept), idleMs).unref();
  child.unref();
  child.channel?.unref();
  idle.push(kept);
  for (const tooMany of idle.slice(0, -mostIdle)) end(tooMany);
}

function end(ended: Process): void {
  forget(ended);
  ended.child.kill('SIGKILL');
}

function forget(one: Process): void {
  clearTimeout(one.expiry);
  idle = idle.filter((each) => each !== one);
}

function reportOf(child: ChildProcess, task: Task): Promise<Extract<Report, { is: 'answer' }>> {
  return new Promise((resolveWith, rejectWith) => {
    let isBegun = false;
    const patience = setTimeout(() => fail(new Error('a process for a file got no turn')), patienceMs);
    const onMessage = (message: unknown): void => {
      const seen = message as Report;
      if (seen.is === 'begun') isBegun = true;
      else if (seen.is === 'trouble') fail(new Error(`a file could not be worked on: ${seen.what}`));
      else {
        stopListening();
        resolveWith(seen);
      }
    };
    const onClose = (code: number | null, signal: string | null): void => {
      if (code === wentOver.time) return fail(new CutShort('took too long'));
      if (code === wentOver.memory) return fail(new CutShort('went over its limits'));
      // Killed from outside: by somebody who needed the memory, or who stops everything.
      const isOurs = !isBegun || signal === 'SIGKILL';
      const how = `ended without an answer (${signal ?? code})`;
      fail(isOurs ? new Error(`a process for a file ${how}`) : new CutShort('ended without an answer'));
    };
    child.on('message', onMessage).once('close', onClose).once('error', fail);
    child.send(task, (error) => error && fail(error));

    function fail(error: Error): void {
      stopListening();
      rejectWith(error);
    }
    function stopListening(): void {
      clearTimeout(patience);
      child.off('message', onMessage).off('close', onClose).off('error', fail);
    }
  });
}
