import { parentPort } from 'node:worker_threads';
import { createCanvas, type Canvas } from '@napi-rs/canvas';
import { encodeMp4 } from './encode-mp4.ts';
import { encodeWav } from './encode-wav.ts';
import type { Picture } from './h264-still.ts';
import { paintCover } from './paint-cover.ts';
import type { Piece } from './piece.ts';
import { scoreOf } from './piece-score.ts';
import { recordPiece } from './record-piece.ts';
import type { WorkerAnswer, WorkerOrder } from './worker-message.ts';

/** Width and height of a film, in pixels. */
const filmSize = 320;

/** A composer's worker thread: one order after the other, each answered once. */
parentPort?.on('message', (order: WorkerOrder) => {
  work(order)
    .catch((error: unknown): WorkerAnswer => ({ id: order.id, why: String(error) }))
    .then((answer) => {
      // The big buffers change hands instead of being copied.
      parentPort?.postMessage(answer, answer.files?.map((file) => file.buffer) ?? []);
    })
    .catch((error: unknown) => {
      throw error;
    });
});

async function work({ id, make, piece, title }: WorkerOrder): Promise<WorkerAnswer> {
  const master = recordPiece(piece);
  switch (make) {
    case 'song': {
      const audio = await encodeMp4(master, title);
      const cover = new Uint8Array(await paint(piece).encode('jpeg', 90));
      return { id, files: [audio, cover] };
    }
    case 'wav':
      return { id, files: [encodeWav(master)] };
    case 'video':
      return { id, files: [await encodeMp4(master, title, still(paint(piece)))] };
  }
}

function paint(piece: Piece): Canvas {
  const { plans, score } = scoreOf(piece);
  return paintCover(plans[0].plan, score);
}

function still(cover: Canvas): Picture {
  const small = createCanvas(filmSize, filmSize).getContext('2d');
  small.drawImage(cover, 0, 0, filmSize, filmSize);
  return { size: filmSize, rgba: small.getImageData(0, 0, filmSize, filmSize).data };
}
