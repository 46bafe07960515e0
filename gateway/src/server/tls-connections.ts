import type { Server } from 'node:http';
import type { Http2SecureServer, ServerHttp2Session } from 'node:http2';
import type { Socket } from 'node:net';

/** The methods of an HTTP/1.1 server that end its connections. */
export function closers(server: Http2SecureServer): Pick<Server, 'closeIdleConnections' | 'closeAllConnections'> {
  const [sessions, sockets] = [openSessions(server), openSockets(server)];
  const [idle, unused] = [idleHttp1Sockets(server), socketsWithoutHandshake(server)];
  return {
    // A session ends by itself when its streams have ended.
    closeIdleConnections: () => {
      for (const session of sessions) session.close();
      for (const socket of [...idle, ...unused.values()]) socket.destroy();
    },
    closeAllConnections: () => {
      for (const session of sessions) session.destroy();
      for (const socket of sockets) socket.destroy();
    },
  };
}

function openSessions(server: Http2SecureServer): Iterable<ServerHttp2Session> {
  const sessions = new Set<ServerHttp2Session>();
  server.on('session', (session) => {
    sessions.add(session);
    session.on('close', () => sessions.delete(session));
  });
  return sessions;
}

function openSockets(server: Http2SecureServer): Iterable<Socket> {
  const sockets = new Set<Socket>();
  server.on('connection', (socket: Socket) => {
    sockets.add(socket);
    socket.on('close', () => sockets.delete(socket));
  });
  return sockets;
}

function idleHttp1Sockets(server: Http2SecureServer): Iterable<Socket> {
  const idle = new Set<Socket>();
  server.on('secureConnection', (socket) => {
    if (socket.alpnProtocol === 'h2') return;
    idle.add(socket);
    socket.on('close', () => idle.delete(socket));
  });
  server.on('upgrade', ({ socket }) => idle.delete(socket));
  server.on('request', ({ httpVersionMajor, socket }, response) => {
    if (httpVersionMajor > 1) return;
    idle.delete(socket);
    response.on('close', () => socket.destroyed || idle.add(socket));
  });
  return idle;
}

/** By the client's address and port, which the TLS socket over a connection has too. */
function socketsWithoutHandshake(server: Http2SecureServer): ReadonlyMap<string, Socket> {
  const sockets = new Map<string, Socket>();
  const placeOf = ({ remoteAddress, remotePort }: Socket): string => `${remoteAddress} ${remotePort}`;
  server.on('connection', (socket: Socket) => {
    const place = placeOf(socket);
    sockets.set(place, socket);
    socket.on('close', () => sockets.get(place) === socket && sockets.delete(place));
  });
  server.on('secureConnection', (socket) => sockets.delete(placeOf(socket)));
  return sockets;
}
