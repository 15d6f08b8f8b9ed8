import { execFile } from 'node:child_process';
import { existsSync, mkdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { describe, expect, it, vi } from 'vitest';
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

it('writes its result, and nothing beside the folders of songs on their way', async () => {
  const [here, there] = [tempDir(), tempDir()];
  const result = join(here, 'song', 'result');
  mkdirSync(join(here, 'song'));
  await expect(run({ do: 'write', to: result })).resolves.toBe('done');
  expect(existsSync(result)).toBe(true);
  const elsewhere = join(there, 'result');
  await expect(run({ do: 'write', to: result, at: elsewhere })).resolves.toBe('ERR_ACCESS_DENIED');
  await expect(run({ do: 'write', at: elsewhere })).resolves.toBe('ERR_ACCESS_DENIED');
  expect(existsSync(elsewhere)).toBe(false);
});

describe('a process whose work went well', () => {
  it('does the next piece, which sees nothing of the one before', async () => {
    const pid = await run({ do: 'leave', at: 'a trace' });
    await expect(run({ do: 'look' })).resolves.toEqual([pid, undefined]);
    await expect(run({ do: 'look' })).resolves.toEqual([pid, undefined]);
  });

  it.each(['refuse', 'nothing', 'throw', 'spin', 'crash'])('is given up after "%s"', async (what) => {
    const pid = await run({ do: 'leave' });
    await expect(run({ do: what })).rejects.toBeInstanceOf(Error);
    await expect(run({ do: 'look' })).resolves.not.toEqual([pid, undefined]);
  });

  it('is given up when memory stays taken', async () => {
    const pid = await run({ do: 'leave' });
    await runApart({ do: 'hoard' } as never, { cpuMs: 10_000, memoryMb: 500 }, greedy);
    await expect(run({ do: 'look' })).resolves.not.toEqual([pid, undefined]);
  });

  it('may die while it waits', async () => {
    process.kill(Number(await run({ do: 'leave' })), 'SIGKILL');
    await vi.waitFor(() => run({ do: 'look' }));
  });

  it('and may not write makes way for one that may', async () => {
    const to = join(tempDir(), 'song', 'result');
    mkdirSync(dirname(to));
    const stdout = await inAnother(`
      const pid = await run({ do: 'leave' });
      await run({ do: 'write', to: ${JSON.stringify(to)} });
      const [next] = await run({ do: 'look' });
      const isAlive = () => { try { return process.kill(pid, 0); } catch { return false; } };
      while (isAlive()) await new Promise((resolve) => setTimeout(resolve, 20));
      console.log(next !== pid);`);
    expect(stdout.trim()).toBe('true');
  });

  it("doesn't keep the bot alive, nor outlive it", async () => {
    const stdout = await inAnother("console.log(await run({ do: 'leave' }));");
    expect(Number(stdout)).toBeGreaterThan(0);
    await expect.poll(() => isAlive(Number(stdout))).toBe(false);
  });
});

/** What this prints in a bot of its own, which has no process for files yet. */
async function inAnother(script: string): Promise<string> {
  const apart = new URL('../../../../src/services/audio/apart.ts', import.meta.url);
  const begin = `
    import { runApart } from ${JSON.stringify(apart.href)};
    const worker = new URL(${JSON.stringify(greedy.href)});
    const run = (order) => runApart(order, ${JSON.stringify(limits)}, worker);`;
  const args = ['--input-type=module', '-e', `${begin}\n${script}`];
  const { stdout } = await promisify(execFile)(process.execPath, args, { timeout: 20_000 });
  return stdout;
}

function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}

it.skipIf(Number(process.versions.node.split('.')[0]) < 25)('goes nowhere', async () => {
  const server = await new WebServer().start();
  server.handle = answering(200, 'hello', {});
  await expect(run({ do: 'fetch', to: server.url })).resolves.toBe('refused');
  expect(server.requests).toEqual([]);
  await server.stop();
});
