/** The thread that draws: letters, fonts and pixels take tens of milliseconds that Discord's answers don't have. */
import { parentPort } from 'node:worker_threads';
import { layOutSongCard } from './lay-out-song-card.ts';
import { layOutSongCover } from './lay-out-song-cover.ts';
import { layOutUsage } from './lay-out-usage.ts';
import { layOutVersionTree } from './lay-out-version-tree.ts';
import { paint, ruler } from './paint.ts';
import type { PictureOrder } from './picture-order.ts';
import type { Picture } from './scene.ts';

parentPort?.on('message', (order: PictureOrder) => {
  void draw(order).then((answer) => parentPort?.postMessage(answer));
});

async function draw(order: PictureOrder): Promise<{ png: Buffer } | { why: string }> {
  try {
    return { png: await paint(layOut(order)) };
  } catch (error) {
    return { why: error instanceof Error ? (error.stack ?? error.message) : String(error) };
  }
}

function layOut(order: PictureOrder): Picture {
  switch (order.draw) {
    case 'usage-chart':
      return layOutUsage(order.usage, ruler);
    case 'song-card':
      return layOutSongCard(order.song, ruler, order.withArt);
    case 'song-cover':
      return layOutSongCover(order.song, ruler);
    case 'version-tree':
      return layOutVersionTree(order.tree, ruler);
  }
}
