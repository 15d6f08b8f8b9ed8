import { describe, expect, it, onTestFinished } from 'vitest';
import { Health } from '../../../src/services/health.ts';

async function listening(
  notReady: () => Promise<string[]>,
): Promise<(path: string, method?: string) => Promise<Response>> {
  const health = new Health({ host: '127.0.0.1', port: 0, notReady });
  const port = await health.start();
  onTestFinished(() => health.stop());
  return (path, method = 'GET') => fetch(`http://127.0.0.1:${port}${path}`, { method });
}

describe('the health port', () => {
  it('says that the process lives, ready or not', async () => {
    const ask = await listening(() => Promise.resolve(['the Discord gateway']));
    expect((await ask('/healthz')).status).toBe(200);
    expect((await ask('/healthz?x=1')).status).toBe(200);
  });

  it('says what is not ready', async () => {
    const missing: string[] = ['the Discord gateway'];
    const ask = await listening(() => Promise.resolve(missing));
    const answer = await ask('/readyz');
    expect(answer.status).toBe(503);
    await expect(answer.json()).resolves.toEqual({ ready: false, missing });
    missing.length = 0;
    expect((await ask('/readyz')).status).toBe(200);
  });

  it('is not ready when nobody can tell', async () => {
    const ask = await listening(() => Promise.reject(new Error('the password is hunter2')));
    const answer = await ask('/readyz');
    expect(answer.status).toBe(503);
    await expect(answer.text()).resolves.not.toContain('hunter2');
  });

  it('answers nothing else', async () => {
    const ask = await listening(() => Promise.resolve([]));
    expect((await ask('/')).status).toBe(404);
    expect((await ask('/healthz', 'POST')).status).toBe(405);
  });

  it('throws when its port is taken', async () => {
    const first = new Health({ host: '127.0.0.1', port: 0, notReady: () => Promise.resolve([]) });
    const port = await first.start();
    onTestFinished(() => first.stop());
    const second = new Health({ host: '127.0.0.1', port, notReady: () => Promise.resolve([]) });
    await expect(second.start()).rejects.toThrow('EADDRINUSE');
  });
});
