import { once } from 'node:events';
import { type AddressInfo, connect, createServer, type Socket } from 'node:net';

/**
 * A free port of the host, reserved for about a minute: see {@link reservePort}.
 *
 * @param wanted - the preferred port
 * @throws when none is free
 */
export async function freePort(host = '127.0.0.1', wanted = 0): Promise<number> {
  try {
    return await reservePort(host, wanted);
  } catch (error) {
    if (wanted === 0) throw error;
    return reservePort(host, 0);
  }
}

/**
 * Reserves a free port for about a minute. It leaves a closed connection in TIME_WAIT on the port: the system then neither
 * hands the port out nor uses it for outgoing connections, but a server that names it may listen at once.
 *
 * @param port - 0 for any
 * @returns the port
 * @throws the error of listening, such as EADDRINUSE
 */
export async function reservePort(host: string, port: number): Promise<number> {
  const server = createServer();
  server.listen(port, host);
  await once(server, 'listening');
  const reserved = server.address() as AddressInfo;
  // Others may connect too, such as a page that looks for its server, and keep their connections.
  const sockets = new Set<Socket>();
  server.on('connection', (socket) => sockets.add(socket.on('error', () => undefined).end()));
  try {
    await once(connect(reserved.port, reserved.address).resume(), 'close');
  } finally {
    server.close();
    for (const socket of sockets) socket.destroy();
  }
  await once(server, 'close');
  return reserved.port;
}
