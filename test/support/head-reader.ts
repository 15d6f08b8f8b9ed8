import { once } from 'node:events';
import { Worker } from 'node:worker_threads';
import type { AudioFile } from '../../src/services/audio/audio-file.ts';

export type HeadOutcome =
  | { is: 'song'; song: AudioFile }
  | { is: 'none' }
  | { is: 'thrown'; error: string }
  /** It took more time or memory than a head may: the product's own limits end such a process. */
  | { is: 'cut short' };

const patienceMs = 2_000;

/** `readAudio` in a thread that serves for many files: one that never ends must not end the test. */
export class HeadReader {
  #worker: Promise<Worker> | undefined;

  async read(path: string): Promise<HeadOutcome> {
    this.#worker ??= start();
    const worker = await this.#worker;
    const { promise, resolve } = Promise.withResolvers<HeadOutcome>();
    const giveUp = (): void => resolve({ is: 'cut short' });
    const timer = setTimeout(giveUp, patienceMs);
    worker.once('message', resolve).once('error', giveUp);
    worker.postMessage(path);
    const outcome = await promise;
    clearTimeout(timer);
    worker.off('message', resolve).off('error', giveUp);
    if (outcome.is === 'cut short') await this.stop();
    return outcome;
  }

  async stop(): Promise<void> {
    const worker = await this.#worker;
    this.#worker = undefined;
    await worker?.terminate();
  }
}

async function start(): Promise<Worker> {
  const worker = new Worker(new URL('head-reader-worker.ts', import.meta.url), {
    // The library warns about strange files.
    stdout: true,
    stderr: true,
    execArgv: [],
    resourceLimits: { maxOldGenerationSizeMb: 256 },
  });
  worker.on('error', () => undefined);
  await once(worker, 'message');
  return worker;
}
