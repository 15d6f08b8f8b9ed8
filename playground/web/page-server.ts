import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { randomUUID } from 'node:crypto';
import type { OfferedFile } from '../discord/people/resolved-data.ts';
import { actSchema, trickSchema } from './act-schema.ts';
import type { NewsDesk } from './news-desk.ts';
import type { News, Trick } from './news.ts';
import { importMapHash, pageFile } from './page-files.ts';
import { performAct } from './perform-act.ts';
import type { Studio } from './studio.ts';
import { visibleCommands } from './visible-commands.ts';

export interface PageServer {
  url: string;
  stop: () => Promise<void>;
}

interface Options {
  studio: Studio;
  desk: NewsDesk;
  trick: (trick: Trick) => Promise<void>;
  /** The wished port; where it is taken, any free one. */
  port: number;
}

const longestAct = 1_000_000;
const largestUpload = 60 * 1_048_576;
/** Uploads wait here until somebody sends them; the oldest make room. */
const keptUploads = 40;

/** The page and its one stream, for this machine only. */
export async function openPageServer({ studio, desk, trick, port }: Options): Promise<PageServer> {
  const uploads = new Map<string, OfferedFile>();
  const policy = contentPolicy(new URL(studio.discord.apiUrl).origin, studio.songApi.url);

  const answer = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const url = new URL(request.url ?? '/', 'http://page');
    response.setHeader('x-content-type-options', 'nosniff');
    response.setHeader('cache-control', 'no-store');
    if (!isOwnHost(request.headers.host)) return end(response, 403, 'Only this machine may look.');
    const line = `${request.method} ${url.pathname}`;
    if (request.method === 'POST' && !isOwnPage(request)) return end(response, 403, 'Only the page may act.');
    switch (line) {
      case 'GET /news':
        return stream(request, response, desk);
      case 'GET /commands': {
        const member = studio.personIn(
          url.searchParams.get('user') ?? '',
          url.searchParams.get('channel') ?? '',
        );
        return json(response, member === undefined ? [] : visibleCommands(member));
      }
      case 'POST /acts': {
        const act = actSchema.safeParse(await jsonBody(request));
        if (!act.success) return end(response, 400, 'That is nothing that a page would send.');
        return json(response, await performAct(studio, act.data, (id) => uploads.get(id)));
      }
      case 'POST /tricks': {
        const wanted = trickSchema.safeParse(await jsonBody(request));
        if (!wanted.success) return end(response, 400, 'There is no such switch.');
        await trick(wanted.data);
        return json(response, {});
      }
      case 'POST /files': {
        const bytes = await body(request, largestUpload);
        const id = randomUUID();
        const name = (url.searchParams.get('name') ?? '').slice(0, 200) || 'file';
        uploads.set(id, { name, bytes, contentType: request.headers['content-type'] ?? '' });
        for (const [oldest] of uploads) if (uploads.size > keptUploads) uploads.delete(oldest);
        return json(response, { id });
      }
      default:
    }
    const file = request.method === 'GET' ? await pageFile(url.pathname) : undefined;
    if (file === undefined) return end(response, 404, 'There is nothing here.');
    response.setHeader('content-type', file.type);
    response.setHeader('content-security-policy', policy);
    response.setHeader('referrer-policy', 'no-referrer');
    if (url.pathname.startsWith('/fonts/')) response.setHeader('cache-control', 'max-age=86400');
    response.end(file.body);
  };

  const server = createServer((request, response) => {
    answer(request, response).catch((error: unknown) => {
      if (response.headersSent || response.destroyed) return void response.destroy();
      if (error instanceof TooLarge) return end(response, 413, error.message);
      if (error instanceof SyntaxError) return end(response, 400, 'That is no JSON.');
      console.error('The page could not be answered:', error);
      end(response, 500, 'Something went wrong in the playground; the terminal says what.');
    });
  });
  await listen(server, port).catch(() => listen(server, 0));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    async stop() {
      const closed = new Promise((resolve) => server.close(resolve));
      server.closeAllConnections();
      await closed;
    },
  };
}

function listen(server: ReturnType<typeof createServer>, port: number): Promise<void> {
  const { promise, resolve, reject } = Promise.withResolvers<void>();
  server.once('error', reject).listen(port, '127.0.0.1', () => {
    server.off('error', reject);
    resolve();
  });
  return promise;
}

/** Server-sent events: the state as it is, then what changes. */
function stream(request: IncomingMessage, response: ServerResponse, desk: NewsDesk): void {
  response.writeHead(200, { 'content-type': 'text/event-stream; charset=utf-8' });
  const send = (news: News): void => void response.write(`data: ${JSON.stringify(news)}\n\n`);
  send({ is: 'snapshot', snapshot: desk.snapshot() });
  const deaf = desk.on(send);
  request.once('close', deaf);
}

/** A name that some server on the internet lets point here is not ours: DNS rebinding. */
function isOwnHost(host: string | undefined): boolean {
  return /^(127\.0\.0\.1|localhost)(:\d+)?$/.test(host ?? '');
}

/** Another site in the same browser can send requests here, but not without saying where it is from. */
function isOwnPage({ headers }: IncomingMessage): boolean {
  return headers.origin === undefined
    ? headers['sec-fetch-site'] === undefined
    : headers.origin === `http://${headers.host}`;
}

/** Nothing but the page's own script; files from the emulators only. */
function contentPolicy(discord: string, songApi: string): string {
  return [
    "default-src 'none'",
    `script-src 'self' '${importMapHash}'`,
    "style-src 'self'",
    "font-src 'self'",
    `img-src 'self' data: ${discord} ${songApi}`,
    `media-src ${discord} ${songApi}`,
    `connect-src 'self' ${discord}`,
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'none'",
  ].join('; ');
}

class TooLarge extends Error {}

async function body(request: IncomingMessage, limit: number): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    size += chunk.length;
    if (size > limit) throw new TooLarge(`That is more than ${Math.round(limit / 1_048_576)} MB.`);
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}

async function jsonBody(request: IncomingMessage): Promise<unknown> {
  return JSON.parse((await body(request, longestAct)).toString('utf8'));
}

function json(response: ServerResponse, value: unknown): void {
  response.setHeader('content-type', 'application/json; charset=utf-8');
  response.end(JSON.stringify(value));
}

function end(response: ServerResponse, status: number, why: string): void {
  response.writeHead(status, { 'content-type': 'text/plain; charset=utf-8' }).end(why);
}
