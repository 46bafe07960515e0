import type { Server } from 'node:http';
import type { Socket } from 'node:net';
import { networkOf } from '@marquee/identity';

/**
 * Closes connections of a network beyond a limit, before anything is read from them.
 *
 * Behind a proxy all connections are the proxy's, which has to limit those of its clients.
 */
export function limitConnections(server: Server, maxPerNetwork: number): void {
  const open = new Map<string, number>();
  server.on('connection', (socket: Socket) => {
    const network = networkOf(socket.remoteAddress ?? '');
    const others = open.get(network) ?? 0;
    if (others >= maxPerNetwork) {
      socket.destroy();
      return;
    }
    open.set(network, others + 1);
    socket.on('close', () => {
      const left = (open.get(network) ?? 1) - 1;
      if (left === 0) open.delete(network);
      else open.set(network, left);
    });
  });
}
