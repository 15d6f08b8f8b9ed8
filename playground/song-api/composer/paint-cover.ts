import { createCanvas } from '@napi-rs/canvas';
import type { Score } from './score.ts';
import type { SongPlan } from './song-plan.ts';

const size = 640;

export async function paintCover(plan: SongPlan, score: Score): Promise<Uint8Array> {
  const canvas = createCanvas(size, size);
  const context = canvas.getContext('2d');
  context.fillStyle = `hsl(${plan.tonic * 30} 50% 40%)`;
  context.fillRect(0, 0, size, size);
  void score;
  return canvas.encode('jpeg', 88);
}
