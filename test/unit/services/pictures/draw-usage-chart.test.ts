import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { promisify } from 'node:util';
import { createCanvas, loadImage } from '@napi-rs/canvas';
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { drawUsageChart } from '../../../../src/services/pictures/draw-usage-chart.ts';
import { anyUsage, empty, full, typical } from './usage-samples.ts';

const signature = '89504e470d0a1a0a';
const sizeOf = (png: Buffer): number[] => [png.readUInt32BE(16), png.readUInt32BE(20)];
const hash = (png: Buffer): string => createHash('sha256').update(png).digest('hex');

describe('the usage chart', () => {
  it.each(Object.entries({ empty, typical, full }))('is a PNG of its size (%s)', async (_, usage) => {
    const png = await drawUsageChart(usage);
    expect(png.subarray(0, 8).toString('hex')).toBe(signature);
    expect(sizeOf(png)).toEqual([1500, 1080]);
    expect(png.length).toBeLessThan(500_000);
  });

  it('brings its own ground: nothing shines through but at the rounded corners', async () => {
    const image = await loadImage(await drawUsageChart(typical));
    const pen = createCanvas(image.width, image.height).getContext('2d');
    pen.drawImage(image, 0, 0);
    const alphaAt = (x: number, y: number): number => pen.getImageData(x, y, 1, 1).data[3]!;
    expect(alphaAt(0, 0)).toBe(0);
    const { data } = pen.getImageData(40, 2, image.width - 80, image.height - 4);
    expect(data.every((value, index) => index % 4 !== 3 || value === 255)).toBe(true);
  });

  it('is the same picture for the same usage, whatever was drawn before', async () => {
    const before = hash(await drawUsageChart(typical));
    await Promise.all([drawUsageChart(full), drawUsageChart(empty)]);
    expect(hash(await drawUsageChart(typical))).toBe(before);
  });

  it('is the same picture on a machine without fonts', async () => {
    const chart = new URL('../../../../src/services/pictures/draw-usage-chart.ts', import.meta.url).href;
    const samples = new URL('usage-samples.ts', import.meta.url).href;
    const script = `
      const { drawUsageChart } = await import(${JSON.stringify(chart)});
      const { full } = await import(${JSON.stringify(samples)});
      process.stdout.write((await drawUsageChart(full)).toString('base64'));
    `;
    const { stdout } = await promisify(execFile)(process.execPath, ['--input-type=module', '-e', script], {
      env: { ...process.env, DISABLE_SYSTEM_FONTS_LOAD: '1' },
      maxBuffer: 16 * 1024 * 1024,
    });
    expect(hash(Buffer.from(stdout, 'base64'))).toBe(hash(await drawUsageChart(full)));
  });

  it('draws whatever it is told', async () => {
    await fc.assert(
      fc.asyncProperty(anyUsage, async (usage) => {
        expect(sizeOf(await drawUsageChart(usage))).toEqual([1500, 1080]);
      }),
      { numRuns: 15 },
    );
  });
});
