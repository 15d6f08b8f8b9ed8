import { layOutUsage } from './lay-out-usage.ts';
import type { Usage } from './usage.ts';

/** PNG of 1500 × 1080 pixels. The canvas is loaded with the first chart: without it, all else still works. */
export async function drawUsageChart(usage: Usage): Promise<Buffer> {
  const { paint, ruler } = await import('./paint.ts');
  return paint(layOutUsage(usage, ruler));
}
