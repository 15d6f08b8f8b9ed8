/** A thread that does to its process what a hostile file might. */
import { writeFileSync } from 'node:fs';
import { parentPort, workerData } from 'node:worker_threads';

const mostBytes = 4_000_000_000;
const kept: unknown[] = [];
const { do: what, to = '', at = to } = workerData as { do: string; to?: string; at?: string };

switch (what) {
  case 'buffers':
    for (let bytes = 0; bytes < mostBytes; bytes += 10_000_000) kept.push(new Uint8Array(10_000_000).fill(1));
    break;
  case 'heap':
    for (let count = 0; count < mostBytes; count += 1) kept.push({ count });
    break;
  case 'spin':
    for (;;) kept.length = 0;
  case 'crash':
    process.kill(process.pid, 'SIGSEGV');
    break;
  case 'killed':
    process.kill(process.pid, 'SIGKILL');
    break;
  case 'nothing':
    break;
  case 'throw':
    throw new Error('the thread itself');
  case 'leave':
    Reflect.set(globalThis, 'left', at);
    kept.push(setInterval(() => parentPort?.postMessage({ done: 'late' }), 1));
    parentPort?.postMessage({ done: process.pid });
    break;
  case 'look':
    parentPort?.postMessage({ done: [process.pid, Reflect.get(globalThis, 'left')] });
    break;
  case 'hoard':
    // In the hands of the thread that watches, at the moment at which it looks how much is taken.
    parentPort?.postMessage({ done: Buffer.alloc(150_000_000, 1) });
    break;
  case 'refuse':
    parentPort?.postMessage({ why: 'unreadable' });
    break;
  case 'write':
    parentPort?.postMessage({ done: attempt(() => writeFileSync(at, 'x')) });
    break;
  case 'environment':
    parentPort?.postMessage({ done: process.env });
    break;
  case 'fetch':
    parentPort?.postMessage({
      done: await fetch(to).then(
        ({ status }) => status,
        () => 'refused',
      ),
    });
    break;
  case 'spawn': {
    const { spawnSync } = await import('node:child_process');
    parentPort?.postMessage({ done: attempt(() => spawnSync('true')) });
  }
}

function attempt(act: () => unknown): string {
  try {
    act();
    return 'done';
  } catch (error) {
    return String(Reflect.get(Object(error), 'code'));
  }
}
