import { once } from 'node:events';
import { type AddressInfo, connect, createServer, type Socket } from 'node:net';

/**
 * A port of the host that nobody listens on, and that stays free for about a minute: see {@link reservePort}.
 *
 * @param wanted - given back when it is free, else any other is
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
 * Makes sure that the port can be listened on, and has the system keep it for about a minute. A connection closed from
 * the port's side rests there in TIME_WAIT, and such a port is given neither to whoever asks for any nor to an outgoing
 * connection; a server that names it may listen at once.
 *
 * @param port - 0 for any
 * @returns the port
 * @throws the error of listening, as EADDRINUSE
 */
export async function reservePort(host: string, port: number): Promise<number> {
  const server = createServer();
  server.listen(port, host);
  await once(server, 'listening');
  const reserved = server.address() as AddressInfo;
  try {
    const accepted = once(server, 'connection') as Promise<[Socket]>;
    const client = connect(reserved.port, reserved.address).resume();
    const [socket] = await accepted;
    socket.end();
    await once(client, 'close');
  } finally {
    server.close();
  }
  await once(server, 'close');
  return reserved.port;
}
