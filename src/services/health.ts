/** `/healthz`: the process lives. `/readyz`: it can take a song. Off unless HTTP_PORT is set; loopback by default. */
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface HealthOptions {
  host: string;
  port: number;
  /** What is not ready, in words for an operator; empty when all is. */
  notReady(): Promise<string[]>;
}

export class Health {
  readonly #options: HealthOptions;
  readonly #server: Server;

  constructor(options: HealthOptions) {
    this.#options = options;
    this.#server = createServer((request, response) => {
      const answer = (status: number, body: object): void => {
        response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
      };
      const path = request.url?.split('?')[0];
      if (request.method !== 'GET') answer(405, { error: 'only GET' });
      else if (path === '/healthz') answer(200, { alive: true });
      else if (path === '/readyz')
        options.notReady().then(
          (missing) => answer(missing.length === 0 ? 200 : 503, { ready: missing.length === 0, missing }),
          () => answer(503, { ready: false, missing: ['the check itself failed'] }),
        );
      else answer(404, { error: 'there are /healthz and /readyz' });
    });
  }

  /** Throws when the port can't be had. */
  async start(): Promise<number> {
    const { host, port } = this.#options;
    await new Promise<void>((resolve, reject) => {
      this.#server.once('error', reject);
      this.#server.listen(port, host, () => resolve());
    });
    return (this.#server.address() as AddressInfo).port;
  }

  async stop(): Promise<void> {
    this.#server.closeAllConnections();
    await new Promise<void>((resolve) => this.#server.close(() => resolve()));
  }
}
