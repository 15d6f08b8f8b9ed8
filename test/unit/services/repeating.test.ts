import { describe, expect, it } from 'vitest';
import { mayRepeat, repeating, type Send } from '../../../src/services/repeating.ts';

/** Answers in turn, the last one for ever; 0 is a broken connection. */
function line(...statuses: number[]) {
  const sent: string[] = [];
  const send: Send = async (_url, { method = 'GET' }) => {
    const status = statuses[Math.min(sent.length, statuses.length - 1)] ?? 200;
    sent.push(method);
    if (status === 0) throw new TypeError('fetch failed');
    return new Response(null, { status });
  };
  return { sent, send: repeating(send) };
}

const url = 'https://discord.example/api/v10/x';
const withNonce = JSON.stringify({ content: 'x', nonce: '1', enforce_nonce: true });

describe('what may be sent again', () => {
  it.each([
    ['GET', undefined, true],
    ['PUT', '{}', true],
    ['PATCH', new FormData(), true],
    ['DELETE', undefined, true],
    ['POST', '{"content":"x"}', false],
    ['POST', '{"content":"x","nonce":"1"}', false],
    ['POST', '{"content":"x","enforce_nonce":true}', false],
    ['POST', withNonce, true],
    ['POST', new FormData(), false],
    ['POST', 'null', false],
    ['POST', '{', false],
    ['POST', undefined, false],
  ])('%s with %s: %s', (method, body, may) => {
    expect(mayRepeat(method, body)).toBe(may);
  });
});

describe('a request', () => {
  it('that may be is sent up to three times, and its last answer counts', async () => {
    const { sent, send } = line(0, 502, 500);
    expect((await send(url, { method: 'PATCH' })).status).toBe(500);
    expect(sent).toHaveLength(3);
  });

  it('that is answered is not sent again', async () => {
    for (const status of [200, 400, 404, 429]) {
      const { sent, send } = line(status);
      expect((await send(url, { method: 'DELETE' })).status).toBe(status);
      expect(sent).toHaveLength(1);
    }
  });

  it('that may not be is sent once', async () => {
    const broken = line(0);
    await expect(broken.send(url, { method: 'POST', body: '{}' })).rejects.toThrow('fetch failed');
    const failing = line(503, 204);
    expect((await failing.send(url, { method: 'POST', body: '{}' })).status).toBe(503);
    expect([...broken.sent, ...failing.sent]).toHaveLength(2);
  });

  it('to delete has done its work when the second finds nothing', async () => {
    const { send } = line(0, 404);
    expect((await send(url, { method: 'DELETE' })).status).toBe(204);
  });

  it('whose time is over is not sent again', async () => {
    const { sent, send } = line(0);
    await expect(send(url, { method: 'GET', signal: AbortSignal.abort() })).rejects.toThrow('fetch failed');
    expect(sent).toHaveLength(1);
  });
});
