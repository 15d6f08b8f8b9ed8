/** The thread in which strangers' files are parsed, in a process of its own (audio-watch.ts). */
import { parentPort, workerData } from 'node:worker_threads';
import { NotAudio } from './audio-file.ts';
import { readAudio } from './read-audio.ts';
import { readPeaks } from './read-peaks.ts';
import type { SongTags } from './song-tags.ts';
import { writeTags } from './write-tags.ts';

/** One order a thread. */
export type Order =
  | { do: 'read'; path: string }
  | { do: 'tag'; from: string; to: string; extension: string; tags: SongTags }
  | { do: 'peaks'; path: string; points: number; seconds: number };

if (parentPort !== null) {
  try {
    parentPort.postMessage({ done: await carryOut(workerData as Order) });
  } catch (error) {
    parentPort.postMessage({ why: error instanceof NotAudio ? error.why : 'unreadable' });
  }
}

function carryOut(order: Order): Promise<unknown> {
  switch (order.do) {
    case 'read':
      return readAudio(order.path);
    case 'tag':
      return writeTags(order.from, order.to, order.extension, order.tags);
    case 'peaks':
      return readPeaks(order.path, order.points, order.seconds);
  }
}
