import { once } from 'node:events';
import { type AddressInfo, connect, createServer, type Socket } from 'node:net';

/** A TCP proxy whose connections can be delayed, or go half-open. */
export interface FreezableProxy {
  /** The target's URL by way of the proxy. */
  readonly url: string;
  /** Stops forwarding on each open connection, and keeps it open; new ones work. */
  freeze(): void;
  /** Keeps back the target's answers. @returns a function that forwards them at once */
  holdAnswers(): () => void;
  /** Ends every connection, and those that are opened from then on. @returns a function that lets them through again */
  cut(): () => void;
  stop(): void;
}

/** @param target the server's URL, with its port */
export async function startProxy(target: string): Promise<FreezableProxy> {
  const { hostname, port } = new URL(target);
  const clients = new Set<Socket>();
  const upstreams = new Set<Socket>();
  const all = (): Socket[] => [...clients, ...upstreams];
  let isCut = false;
  const server = createServer((client) => {
    if (isCut) return void client.destroy();
    const upstream = connect(Number(port), hostname);
    client.pipe(upstream).pipe(client);
    closeTogether(client, upstream);
    closeTogether(upstream, client);
    keep(clients, client);
    keep(upstreams, upstream);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const url = Object.assign(new URL(target), { port: String((server.address() as AddressInfo).port) });
  return {
    url: url.href,
    freeze: () => all().forEach((socket) => socket.unpipe().pause()),
    holdAnswers: () => {
      const held = [...upstreams];
      for (const socket of held) socket.pause();
      return () => held.forEach((socket) => socket.resume());
    },
    cut: () => {
      isCut = true;
      for (const socket of all()) socket.destroy();
      return () => void (isCut = false);
    },
    stop: () => {
      server.close();
      for (const socket of all()) socket.destroy();
    },
  };
}

function keep(sockets: Set<Socket>, socket: Socket): void {
  sockets.add(socket);
  socket.on('close', () => sockets.delete(socket));
}

function closeTogether(socket: Socket, other: Socket): void {
  socket.on('error', () => other.destroy());
}
