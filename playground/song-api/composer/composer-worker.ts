import { parentPort } from 'node:worker_threads';
import { encodeM4a } from './encode-m4a.ts';
import { paintCover } from './paint-cover.ts';
import { recordSong } from './record-song.ts';
import type { WorkerAnswer, WorkerOrder } from './worker-message.ts';

/** A composer's worker thread: one order after the other, each answered once. */
parentPort?.on('message', (order: WorkerOrder) => {
  work(order)
    .catch((error: unknown): WorkerAnswer => ({ id: order.id, made: 'nothing', why: String(error) }))
    .then((answer) => parentPort?.postMessage(answer))
    .catch(() => undefined);
});

async function work({ id, make, request }: WorkerOrder): Promise<WorkerAnswer> {
  const recording = recordSong(request, { stems: make === 'stems' });
  if (make === 'song') {
    const { plan, score, master } = recording;
    const audio = await encodeM4a(master, request.title);
    return {
      id,
      made: 'song',
      song: { audio, cover: await paintCover(plan, score), bpm: plan.bpm, words: score.words },
    };
  }
  const stems: { name: string; audio: Uint8Array }[] = [];
  for (const [name, track] of recording.stems)
    stems.push({ name, audio: await encodeM4a(track, `${request.title} (${name})`) });
  return { id, made: 'stems', stems };
}
