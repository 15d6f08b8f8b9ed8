import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { setTimeout as sleep } from 'node:timers/promises';
import type { FaultAct, Faults } from '../faults.ts';
import { jsonAnswer, type HttpAnswer } from './http-answer.ts';
import type { Entry } from './journal.ts';

/** A request with its body in hand. */
export interface FrontRequest {
  method: string;
  path: string;
  headers: IncomingMessage['headers'];
  body: Buffer;
}

/** What to say, and what to write into the journal about it. */
export type FrontAnswer = HttpAnswer & Pick<Entry, 'kind' | 'ids'>;

export interface HttpFront {
  port: number;
  /** Nobody listens any more: connections are refused, as where a whole service is down. */
  leave(): Promise<void>;
  /** At the same port again. */
  comeBack(): Promise<void>;
  stop(): Promise<void>;
}

/** The sockets: reads requests, lets faults strike, writes answers and reports every one of them. */
export async function openHttpFront(options: {
  port: number;
  now: () => number;
  faults: Faults;
  serve: (request: FrontRequest) => Promise<FrontAnswer>;
  /** A request has been read; what it gives is called once that request is over, well or not. */
  arrived: (line: Pick<Entry, 'at' | 'method' | 'path'>) => () => void;
  /** `answer`: what was said, or would have been. */
  served: (entry: Entry, answer: HttpAnswer) => void;
}): Promise<HttpFront> {
  const { faults, serve, now } = options;
  const closing = new AbortController();

  const handle = async (message: IncomingMessage, response: ServerResponse): Promise<void> => {
    const started = performance.now();
    const at = now();
    const request = await readRequest(message);
    const over = options.arrived({ at, method: request.method, path: request.path });
    const act = faults.take(request);
    const { answer, kept } = await struck(request, act).finally(over);
    const entry: Entry = {
      kind: answer.kind,
      at,
      method: request.method,
      path: request.path,
      authorization: authorizationOf(request.headers.authorization),
      status: kept === 'all' || kept === 'half' ? answer.status : 0,
      body: readable(request.body),
      ids: answer.ids,
      tookMs: Math.round(performance.now() - started),
      ...(act === undefined ? {} : { fault: act.kind }),
    };
    options.served(entry, answer);
    if (kept === 'nothing') response.destroy();
    else if (kept !== 'silence') await write(response, answer, kept === 'half');
  };

  /** The answer, and how much of it may leave. */
  const struck = async (
    request: FrontRequest,
    act: FaultAct | undefined,
  ): Promise<{ answer: FrontAnswer; kept: 'all' | 'half' | 'nothing' | 'silence' }> => {
    const kind = kindOf(request);
    switch (act?.kind) {
      case undefined:
        return { answer: await serve(request), kept: 'all' };
      case 'answer':
        return { answer: { ...faultAnswer(act), kind, ids: [] }, kept: 'all' };
      case 'delay':
        await sleep(act.ms, undefined, { signal: closing.signal });
        return { answer: await serve(request), kept: 'all' };
      case 'drop':
      case 'hang':
        return {
          answer: { status: 0, headers: {}, body: Buffer.alloc(0), kind, ids: [] },
          kept: act.kind === 'drop' ? 'nothing' : 'silence',
        };
      case 'drop-after':
        return { answer: await serve(request), kept: 'nothing' };
      case 'truncate':
        return { answer: await serve(request), kept: 'half' };
    }
  };

  const server = createServer((message, response) => {
    // Sockets that die under a request are everyday life here; a defect of the emulator isn't.
    handle(message, response).catch((error: unknown) => {
      if (closing.signal.aborted || message.destroyed || response.destroyed) return;
      response.writeHead(500, { 'content-type': 'text/plain' }).end(`emulator: ${String(error)}`);
    });
  });
  const listen = async (port: number): Promise<void> => {
    server.listen(port, '127.0.0.1');
    await once(server, 'listening');
  };
  const close = async (): Promise<void> => {
    if (!server.listening) return;
    const closed = once(server, 'close');
    server.close();
    server.closeAllConnections();
    await closed;
  };
  await listen(options.port);
  const { port } = server.address() as AddressInfo;

  return {
    port,
    leave: close,
    comeBack: () => listen(port),
    async stop() {
      closing.abort();
      await close();
    },
  };
}

async function readRequest(message: IncomingMessage): Promise<FrontRequest> {
  const chunks: Buffer[] = [];
  for await (const chunk of message) chunks.push(chunk as Buffer);
  const [path = '/'] = (message.url ?? '/').split('?');
  return { method: message.method ?? 'GET', path, headers: message.headers, body: Buffer.concat(chunks) };
}

async function write(response: ServerResponse, answer: HttpAnswer, onlyHalf: boolean): Promise<void> {
  const { body } = answer;
  if (!Buffer.isBuffer(body)) {
    response.writeHead(answer.status, answer.headers);
    // Node swallows what is written to a HEAD's answer at once: an endless body would hold the event loop for ever.
    if (response.req.method === 'HEAD') {
      response.end();
      return;
    }
    await pipeline(Readable.from(body), response);
    return;
  }
  response.writeHead(answer.status, { 'content-length': String(body.length), ...answer.headers });
  if (!onlyHalf) {
    response.end(body);
    return;
  }
  // The head promises the whole length; the socket ends in the middle.
  response.write(body.subarray(0, body.length >> 1), () => response.destroy());
}

function faultAnswer(act: Extract<FaultAct, { kind: 'answer' }>): HttpAnswer {
  const answer: HttpAnswer =
    typeof act.body === 'string'
      ? {
          status: act.status,
          headers: { 'content-type': 'text/plain; charset=utf-8' },
          body: Buffer.from(act.body),
        }
      : act.body === undefined
        ? { status: act.status, headers: {}, body: Buffer.alloc(0) }
        : jsonAnswer(act.status, act.body);
  for (const [name, value] of Object.entries(act.headers ?? {})) answer.headers[name.toLowerCase()] = value;
  return answer;
}

/** A guess for requests that a fault answers before they are understood. */
function kindOf(request: FrontRequest): Entry['kind'] {
  if (/^\/+(producer|suno)\/submit\//.test(request.path)) return 'submit';
  if (/^\/+(producer|suno)\/fetch/.test(request.path)) return request.method === 'POST' ? 'batch' : 'fetch';
  return request.method === 'GET' ? 'media' : 'other';
}

function authorizationOf(header: string | undefined): Entry['authorization'] {
  if (header === undefined) return 'none';
  return /^bearer /i.test(header) ? 'bearer' : 'bare';
}

function readable(body: Buffer): unknown {
  if (body.length === 0) return undefined;
  const text = body.toString('utf8');
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}
