import { drawPicture } from './easel.ts';
import type { Usage } from './usage.ts';

/** PNG of 1500 × 1080 pixels. The canvas is loaded with the first picture: without it, all else still works. */
export function drawUsageChart(usage: Usage): Promise<Buffer> {
  return drawPicture({ draw: 'usage-chart', usage });
}
