/** The thread in which strangers' files are parsed, in a process of its own (audio-watch.ts). */
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
