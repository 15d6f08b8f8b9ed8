import { once } from 'node:events';
import { connect, createServer, type AddressInfo, type Socket } from 'node:net';
import { onTestFinished } from 'vitest';

export interface GatewayProxy {
  url: string;
  /** Nothing passes any more, in neither direction, and nothing is closed: a network that is gone. */
  freeze: () => void;
  /** What is frozen stays so; new sockets get through. */
  thaw: () => void;
  /** Sockets that the bot holds open. */
  open: () => number;
}

/** A network between the bot and the emulated gateway. */
export async function gatewayProxy(port: number): Promise<GatewayProxy> {
  const sockets = new Set<Socket>();
  const pairs = new Set<[Socket, Socket]>();
  let frozen = false;
  const server = createServer((near) => {
    sockets.add(near);
    near.on('close', () => sockets.delete(near)).on('error', () => undefined);
    // Somebody has to read, or the end is never seen.
    if (frozen) return void near.resume();
    const far = connect(port, '127.0.0.1').on('error', () => undefined);
    pairs.add([near, far]);
    near.pipe(far).pipe(near);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  onTestFinished(() => {
    for (const pair of pairs) for (const socket of pair) socket.destroy();
    for (const socket of sockets) socket.destroy();
    server.close();
  });
  return {
    url: `ws://127.0.0.1:${(server.address() as AddressInfo).port}`,
    freeze() {
      frozen = true;
      for (const [near, far] of pairs) {
        near.unpipe(far);
        far.unpipe(near);
        near.resume();
        far.pause();
      }
    },
    thaw() {
      frozen = false;
    },
    open: () => sockets.size,
  };
}
