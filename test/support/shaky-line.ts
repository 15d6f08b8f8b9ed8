import { once } from 'node:events';
import { connect, createServer, type AddressInfo, type Server, type Socket } from 'node:net';
import { onTestFinished } from 'vitest';

export interface ShakyLine {
  /** "127.0.0.1:port": what the bot talks to in place of the server behind it. */
  host: string;
  /** Breaks every connection; new ones are refused by the system, as when nobody listens there. */
  cut: () => Promise<void>;
  /** Listens again, on the same port. */
  mend: () => Promise<void>;
}

/** A line between the bot and a server on this machine that can fail and come back. */
export async function shakyLine(target: number): Promise<ShakyLine> {
  const sockets = new Set<Socket>();
  const keep = (socket: Socket): Socket => {
    sockets.add(socket);
    return socket.on('close', () => sockets.delete(socket)).on('error', () => undefined);
  };
  const accept = (near: Socket): void => {
    const far = keep(connect(target, '127.0.0.1'));
    keep(near).pipe(far).pipe(near);
    near.on('close', () => far.destroy());
    far.on('close', () => near.destroy());
  };
  let server: Server | undefined;
  const listen = async (port: number): Promise<number> => {
    server = createServer(accept).listen(port, '127.0.0.1');
    await once(server, 'listening');
    return (server.address() as AddressInfo).port;
  };
  const cut = async (): Promise<void> => {
    if (server === undefined) return;
    const closed = once(server, 'close');
    server.close();
    server = undefined;
    for (const socket of sockets) socket.destroy();
    await closed;
  };
  const port = await listen(0);
  onTestFinished(cut);
  return {
    host: `127.0.0.1:${port}`,
    cut,
    async mend() {
      await listen(port);
    },
  };
}
