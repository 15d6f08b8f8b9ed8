import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { promisify } from 'node:util';
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { drawSongCard } from '../../../../src/services/pictures/draw-song-card.ts';
import { drawSongCover } from '../../../../src/services/pictures/draw-song-cover.ts';
import { drawVersionTree } from '../../../../src/services/pictures/draw-version-tree.ts';
import { drawPicture } from '../../../../src/services/pictures/easel.ts';
import type { PictureOrder } from '../../../../src/services/pictures/picture-order.ts';
import { anySong, rain, titles } from './song-samples.ts';
import { anyVersions, rainTree, words } from './tree-samples.ts';

const sizeOf = (png: Buffer): number[] => [png.readUInt32BE(16), png.readUInt32BE(20)];
const hash = (png: Buffer): string => createHash('sha256').update(png).digest('hex');

describe('pictures from the drawing thread', () => {
  it('are PNGs of their size, small enough for any message', async () => {
    for (const [index, title] of titles.entries()) {
      const song = { ...rain, title, seed: `job_${index}` };
      const [card, cover] = await Promise.all([drawSongCard(song), drawSongCover(song)]);
      expect(sizeOf(card)).toEqual([960, 320]);
      expect(sizeOf(cover)).toEqual([640, 640]);
      expect(Math.max(card.length, cover.length)).toBeLessThan(250_000);
    }
    expect(sizeOf(await drawVersionTree(rainTree, words))[0]).toBe(1080);
  });

  it('are the same for the same song, whatever was drawn before and in which thread', async () => {
    const module = new URL('../../../../src/services/pictures/draw-song-card.ts', import.meta.url).href;
    const script = `
      const { drawSongCard } = await import(${JSON.stringify(module)});
      process.stdout.write((await drawSongCard(${JSON.stringify(rain)})).toString('base64'));
    `;
    const { stdout } = await promisify(execFile)(process.execPath, ['--input-type=module', '-e', script], {
      env: { ...process.env, DISABLE_SYSTEM_FONTS_LOAD: '1' },
      maxBuffer: 16 * 1024 * 1024,
    });
    await drawSongCard({ ...rain, title: titles.join(' ') });
    expect(hash(await drawSongCard(rain))).toBe(hash(Buffer.from(stdout, 'base64')));
    expect(hash(await drawSongCard({ ...rain, seed: 'job_2' }))).not.toBe(hash(await drawSongCard(rain)));
  });

  it('can be had of anything', async () => {
    await fc.assert(
      fc.asyncProperty(anySong, anyVersions, async (song, versions) => {
        expect(sizeOf(await drawSongCard(song))).toEqual([960, 320]);
        expect(sizeOf(await drawSongCover(song))).toEqual([640, 640]);
        expect(sizeOf(await drawVersionTree(versions, words))[0]).toBeGreaterThan(800);
      }),
      { numRuns: 8 },
    );
  });

  it('are drawn beside, not in the way of everything else', async () => {
    await drawSongCard(rain);
    const delay = monitorEventLoopDelay({ resolution: 1 });
    delay.enable();
    const used = process.threadCpuUsage();
    for (let count = 0; count < 10; count += 1) await drawSongCover({ ...rain, seed: `job_${count}` });
    const { user, system } = process.threadCpuUsage(used);
    delay.disable();
    // In µs of this thread's own work, which a busy machine doesn't lengthen: 5 ms a picture, of some 30.
    expect((user + system) / 10).toBeLessThan(5000);
    expect(delay.count).toBeGreaterThan(0);
  });

  it('come again after one that could not be drawn', async () => {
    const impossible = { draw: 'song-card', song: null, withArt: true } as unknown as PictureOrder;
    await expect(drawPicture(impossible)).rejects.toThrow("can't draw the song-card");
    await expect(drawSongCard(rain)).resolves.toBeInstanceOf(Buffer);
  });
});
