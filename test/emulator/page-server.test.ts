import { request } from 'node:http';
import { networkInterfaces } from 'node:os';
import { connect } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openPlayground, type Playground } from '../../playground/web/open-playground.ts';

interface Answer {
  status: number;
  headers: Record<string, string | string[] | undefined>;
  body: string;
}

let playground: Playground;
beforeAll(async () => {
  playground = await openPlayground();
}, 60_000);
afterAll(() => playground.stop(), 60_000);

/** With headers that no fetch would let one set. */
function ask(path: string, headers: Record<string, string> = {}, body?: string): Promise<Answer> {
  const { promise, resolve, reject } = Promise.withResolvers<Answer>();
  const method = body === undefined ? 'GET' : 'POST';
  request(new URL(path, playground.url), { method, headers }, (response) => {
    let text = '';
    response.setEncoding('utf8').on('data', (piece: string) => {
      text += piece;
    });
    response.on('end', () =>
      resolve({ status: response.statusCode ?? 0, headers: response.headers, body: text }),
    );
  })
    .on('error', reject)
    .end(body);
  return promise;
}

describe('the page is for this machine only', () => {
  it('has its script checked: types are gone, and nothing but its own may run', async () => {
    const { status, body, headers } = await ask('/');
    expect(status).toBe(200);
    expect(headers['content-security-policy']).toContain("default-src 'none'");
    expect(body).toContain('importmap');
    const main = await ask('/page/main.tsx');
    expect(main.body).not.toContain('interface');
    expect(main.headers['content-type']).toContain('text/javascript');
  });

  it.each(['evil.example', 'evil.example:80', '169.254.169.254', '127.0.0.1.evil.example'])(
    'refuses the host %s',
    async (host) => {
      expect((await ask('/', { host })).status).toBe(403);
      expect((await ask('/news', { host })).status).toBe(403);
    },
  );

  it('lets no other site act', async () => {
    const kill = JSON.stringify({ is: 'kill-bot' });
    expect((await ask('/tricks', { origin: 'https://evil.example' }, kill)).status).toBe(403);
    expect((await ask('/tricks', { 'sec-fetch-site': 'cross-site' }, kill)).status).toBe(403);
    expect((await ask('/tricks', { origin: 'null' }, kill)).status).toBe(403);
    expect(playground.studio.bot.state.is).not.toBe('dead');
  });

  it.each([
    '/page/../page-server.ts',
    '/page/..%2fpage-server.ts',
    '/page/%2e%2e/page-server.ts',
    '/page/tsconfig.json',
    '/library/../../package.json',
    '/library/vite.mjs',
    '/fonts/@fontsource-variable/noto-sans/package.json',
    '/fonts/@fontsource-variable/noto-sans/../../preact/package.json',
    '/../../../../etc/passwd',
  ])('serves nothing else: %s', async (path) => {
    const { promise, resolve } = Promise.withResolvers<string>();
    const { port, hostname } = new URL(playground.url);
    const socket = connect(Number(port), hostname, () =>
      socket.end(`GET ${path} HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n\r\n`),
    );
    let text = '';
    socket.setEncoding('utf8').on('data', (piece: string) => {
      text += piece;
    });
    socket.on('close', () => resolve(text));
    expect(await promise).toMatch(/^HTTP\/1.1 404/);
  });

  it.each(['', '{', '[]', 'null', '{"is":"format-disk"}', '{"is":"weather","change":{"songApi":"hail"}}'])(
    'takes no switch that is not there: %s',
    async (body) => {
      expect((await ask('/tricks', {}, body)).status).toBe(400);
    },
  );

  it.each([
    { userId: '1', channelId: '1', act: { is: 'says', text: 'boo', files: [] } },
    { userId: '1', channelId: '1', act: { is: 'submits', values: {} } },
  ])('nobody who is not there can act', async (act) => {
    const { status, body } = await ask('/acts', {}, JSON.stringify(act));
    expect(status).toBe(200);
    expect(body).toContain('not there');
  });

  it('does not listen on the network', async () => {
    const own = Object.values(networkInterfaces())
      .flat()
      .find((address) => address?.family === 'IPv4' && !address.internal)?.address;
    if (own === undefined) return;
    const { promise, resolve } = Promise.withResolvers<string>();
    connect(Number(new URL(playground.url).port), own)
      .on('connect', () => resolve('open'))
      .on('error', () => resolve('closed'));
    expect(await promise).toBe('closed');
  });
});
