/** Hands pictures to the thread that draws them (easel-worker.ts), one at a time. */
import { Worker } from 'node:worker_threads';
import pLimit from 'p-limit';
import { z } from 'zod';
import type { PictureOrder } from './picture-order.ts';

/** A picture takes well under a second also on a busy machine; what takes longer never ends. */
const deadlineMs = 20_000;
const memoryMb = 128;

const answerSchema = z.union([z.object({ png: z.instanceof(Uint8Array) }), z.object({ why: z.string() })]);

const turns = pLimit(1);
/** Started with the first picture and kept: it knows the fonts by then. */
let thread: Worker | undefined;

/**
 * A PNG. Rejects when the picture couldn't be drawn, which is no reason to keep back what it decorates; the next order
 * finds a new thread if this one has died.
 */
export function drawPicture(order: PictureOrder): Promise<Buffer> {
  return turns(async () => {
    thread ??= start();
    const answer = answerSchema.parse(await answerOf(thread, order));
    if ('why' in answer) throw new Error(`can't draw the ${order.draw}: ${answer.why}`);
    const { buffer, byteOffset, byteLength } = answer.png;
    return Buffer.from(buffer, byteOffset, byteLength);
  });
}

function start(): Worker {
  const worker = new Worker(new URL('easel-worker.ts', import.meta.url), {
    // Options of the process, such as a script on its command line, are not for this thread.
    execArgv: [],
    resourceLimits: { maxOldGenerationSizeMb: memoryMb, maxYoungGenerationSizeMb: 32 },
  });
  // Without this an error in the thread would be one of the process; whoever waits for a picture hears of it below.
  worker.on('error', () => undefined);
  worker.once('exit', () => {
    if (thread === worker) thread = undefined;
  });
  return worker;
}

function answerOf(worker: Worker, order: PictureOrder): Promise<unknown> {
  return new Promise((resolve, reject) => {
    const deadline = setTimeout(() => {
      end();
      // Whatever the thread is busy with, the next picture doesn't wait for it.
      if (thread === worker) thread = undefined;
      void worker.terminate();
      reject(new Error(`the ${order.draw} took too long to draw`));
    }, deadlineMs);
    const onMessage = (message: unknown): void => {
      end();
      resolve(message);
    };
    const onError = (error: Error): void => {
      end();
      reject(error);
    };
    const onExit = (): void => onError(new Error('the thread that draws has ended'));
    // It keeps the process alive only while somebody waits for it.
    worker.ref();
    worker.once('message', onMessage).once('error', onError).once('exit', onExit);
    worker.postMessage(order);

    function end(): void {
      clearTimeout(deadline);
      worker.off('message', onMessage).off('error', onError).off('exit', onExit);
      worker.unref();
    }
  });
}
