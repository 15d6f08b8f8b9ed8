/**
 * The thread in which strangers' files are parsed: with little memory, for a few seconds, and nothing of the bot in
 * reach. What goes wrong in here costs this thread.
 */
import { parentPort, workerData } from 'node:worker_threads';
import { NotAudio, readAudio } from './read-audio.ts';

if (parentPort !== null && typeof workerData === 'string') {
  try {
    parentPort.postMessage({ audio: await readAudio(workerData) });
  } catch (error) {
    parentPort.postMessage({ why: error instanceof NotAudio ? error.why : 'unreadable' });
  }
}
