import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';

export interface SeenRequest {
  method: string;
  path: string;
  headers: IncomingMessage['headers'];
  body: string;
}

type Handler = (request: SeenRequest, response: ServerResponse) => void;

/** A real HTTP server on a free port of 127.0.0.1. Every request is read to its end, noted, then handled. */
export class WebServer {
  readonly requests: SeenRequest[] = [];
  connections = 0;
  handle: Handler = (_request, response) => void response.writeHead(404).end();
  /** Called for each new connection, before anything is read. */
  greet: (socket: Socket) => void = () => undefined;
  readonly #server = createServer((request, response) => void this.#serve(request, response));

  async start(): Promise<this> {
    this.#server.on('connection', (socket) => {
      this.connections += 1;
      this.greet(socket);
    });
    await new Promise<void>((resolve) => this.#server.listen(0, '127.0.0.1', () => resolve()));
    return this;
  }

  get port(): number {
    return (this.#server.address() as AddressInfo).port;
  }

  get host(): string {
    return `127.0.0.1:${this.port}`;
  }

  get url(): string {
    return `http://${this.host}`;
  }

  async stop(): Promise<void> {
    this.#server.closeAllConnections();
    await new Promise<void>((resolve) => this.#server.close(() => resolve()));
  }

  async #serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const { method = '', url = '', headers } = request;
    const seen = { method, path: url, headers, body: Buffer.concat(chunks).toString('utf8') };
    this.requests.push(seen);
    this.handle(seen, response);
  }
}

/** A handler that gives the same answer to everyone. */
export function answering(
  status: number,
  body: string | object,
  headers: Record<string, string> = {},
): Handler {
  return (_request, response) => {
    const json = typeof body !== 'string';
    const type = json ? 'application/json' : 'text/html';
    response.writeHead(status, { 'content-type': type, ...headers });
    response.end(json ? JSON.stringify(body) : body);
  };
}
