/** Reads the heads of one file after another, until one of them doesn't let go of it. */
import { parentPort } from 'node:worker_threads';
import { NotAudio } from '../../src/services/audio/audio-file.ts';
import { readAudio } from '../../src/services/audio/read-audio.ts';
import type { HeadOutcome } from './head-reader.ts';

parentPort?.on('message', (path: string) => {
  void outcomeOf(path).then((outcome) => parentPort?.postMessage(outcome));
});
parentPort?.postMessage('ready');

async function outcomeOf(path: string): Promise<HeadOutcome> {
  try {
    return { is: 'song', song: await readAudio(path) };
  } catch (error) {
    return error instanceof NotAudio ? { is: 'none' } : { is: 'thrown', error: String(error) };
  }
}
