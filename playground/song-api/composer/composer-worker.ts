import { parentPort } from 'node:worker_threads';
import { encodeM4a } from './encode-m4a.ts';
import { paintCover } from './paint-cover.ts';
import { recordSong } from './record-song.ts';
import type { WorkerAnswer, WorkerOrder } from './worker-message.ts';

/** A composer's worker thread: one order after the other, each answered once. */
parentPort?.on('message', (order: WorkerOrder) => {
  work(order)
    .catch((error: unknown): WorkerAnswer => ({ id: order.id, made: 'nothing', why: String(error) }))
    .then((answer) => parentPort?.postMessage(answer, handedOver(answer)))
    .catch((error: unknown) => {
      throw error;
    });
});

async function work({ id, make, request }: WorkerOrder): Promise<WorkerAnswer> {
  const { plan, score, master, stems } = recordSong(request, { stems: make === 'stems' });
  if (make === 'song') {
    const audio = await encodeM4a(master, request.title);
    const cover = await paintCover(plan, score);
    return { id, made: 'song', song: { audio, cover, bpm: plan.bpm, words: score.words } };
  }
  const files: { name: string; audio: Uint8Array<ArrayBuffer> }[] = [];
  for (const [name, track] of stems)
    files.push({ name, audio: await encodeM4a(track, `${request.title} (${name})`) });
  return { id, made: 'stems', stems: files };
}

/** The big buffers change hands instead of being copied. */
function handedOver(answer: WorkerAnswer): ArrayBuffer[] {
  if (answer.made === 'song') return [answer.song.audio.buffer];
  return answer.made === 'stems' ? answer.stems.map((stem) => stem.audio.buffer) : [];
}
