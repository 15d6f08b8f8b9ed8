/**
 * The thread in which strangers' files are parsed: with little memory, for a few seconds, and nothing of the bot in
 * reach. What goes wrong in here costs this thread.
 */
import { parentPort, workerData } from 'node:worker_threads';
import { NotAudio, readAudio } from './read-audio.ts';

/** One order a thread. */
export interface Order {
  do: 'read';
  path: string;
}

if (parentPort !== null) {
  try {
    parentPort.postMessage({ done: await carryOut(workerData as Order) });
  } catch (error) {
    parentPort.postMessage({ why: error instanceof NotAudio ? error.why : 'unreadable' });
  }
}

function carryOut(order: Order): Promise<unknown> {
  return readAudio(order.path);
}
