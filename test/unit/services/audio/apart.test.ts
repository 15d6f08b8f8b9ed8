import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { CutShort, runApart } from '../../../../src/services/audio/apart.ts';
import { answering, WebServer } from '../../../support/web-server.ts';
import { tempDir } from '../../../support/temp-dir.ts';

const greedy = new URL('../../../support/greedy-worker.ts', import.meta.url);
const limits = { cpuMs: 1_500, memoryMb: 64 };
const run = (order: object): Promise<unknown> => runApart(order as never, limits, greedy);

it.each([
  ['buffers', 'went over its limits'],
  ['heap', 'went over its limits'],
  ['spin', 'took too long'],
  ['crash', 'ended without an answer'],
  ['nothing', 'ended without an answer'],
])('a file that makes for %s is cut short', async (what, why) => {
  const before = process.memoryUsage.rss();
  const outcome = await run({ do: what }).catch((error: unknown) => error);
  expect(outcome).toBeInstanceOf(CutShort);
  expect(outcome).toMatchObject({ why });
  // Whatever it was, it was not in here.
  expect(process.memoryUsage.rss() - before).toBeLessThan(100_000_000);
});

it.each(['killed', 'throw'])('that the work is %s by itself says nothing about the file', async (what) => {
  const outcome = await run({ do: what }).catch((error: unknown) => error);
  expect(outcome).toBeInstanceOf(Error);
  expect(outcome).not.toBeInstanceOf(CutShort);
});

it('sees no environment and starts no process', async () => {
  await expect(run({ do: 'environment' })).resolves.not.toHaveProperty('PATH');
  await expect(run({ do: 'spawn' })).resolves.toBe('ERR_ACCESS_DENIED');
});

it('writes its result, and nothing elsewhere', async () => {
  const [here, there] = [tempDir(), tempDir()];
  const result = join(here, 'result');
  await expect(run({ do: 'write', to: result })).resolves.toBe('done');
  expect(existsSync(result)).toBe(true);
  const elsewhere = join(there, 'result');
  await expect(run({ do: 'write', to: result, at: elsewhere })).resolves.toBe('ERR_ACCESS_DENIED');
  expect(existsSync(elsewhere)).toBe(false);
});

it.skipIf(Number(process.versions.node.split('.')[0]) < 25)('goes nowhere', async () => {
  const server = await new WebServer().start();
  server.handle = answering(200, 'hello', {});
  await expect(run({ do: 'fetch', to: server.url })).resolves.toBe('refused');
  expect(server.requests).toEqual([]);
  await server.stop();
});
