import type { IncomingMessage, Server } from 'node:http';
import type { Duplex } from 'node:stream';
import { handleProtocols } from 'graphql-ws';
import { type WebSocket, WebSocketServer } from 'ws';
import { clientAt } from '../request/client.ts';
import { SocketWithReasons } from './close-reasons.ts';
import type { StreamingOptions } from './streaming-options.ts';
import { GraphqlSocket } from './socket.ts';

export interface SocketServerOptions extends StreamingOptions {
  /** The path of the GraphQL endpoint. */
  readonly path: string;
  /** The client's network address behind trusted proxies. */
  readonly addressOf: (request: IncomingMessage) => string;
  readonly onRevoked: (listener: (sessionId: string) => void) => () => void;
}

/** Time for clients to complete the closing handshake when the server stops, ms. */
const CLOSE_GRACE_MS = 2_000;

/** A graphql-transport-ws server. One timer serves all sockets. */
export class SocketServer {
  readonly #options: SocketServerOptions;
  readonly #sockets = new Set<GraphqlSocket>();
  readonly #server: WebSocketServer;
  readonly #timer: NodeJS.Timeout;
  readonly #stopListening: () => void;
  #isStopping = false;

  constructor(options: SocketServerOptions) {
    this.#options = options;
    this.#server = new WebSocketServer({
      noServer: true,
      WebSocket: SocketWithReasons,
      clientTracking: false,
      perMessageDeflate: false,
      maxPayload: options.settings.maxMessageBytes,
      handleProtocols: (protocols) => handleProtocols(protocols),
    });
    this.#timer = setInterval(() => this.#tick(), options.settings.tickMs).unref();
    this.#stopListening = options.onRevoked((sessionId) => this.#revoke(sessionId));
  }

  get size(): number {
    return this.#sockets.size;
  }

  attach(server: Server): void {
    server.on('upgrade', (request, stream, head) => this.#upgrade(request, stream, head));
  }

  /** Closes all sockets with 1001 and waits for them. */
  async stop(): Promise<void> {
    this.#isStopping = true;
    clearInterval(this.#timer);
    this.#stopListening();
    for (const socket of this.#sockets) socket.goAway();
    const deadline = Date.now() + CLOSE_GRACE_MS;
    while (this.#sockets.size > 0 && Date.now() < deadline) await new Promise((resolve) => setTimeout(resolve, 10));
    for (const socket of this.#sockets) socket.terminate();
    this.#server.close();
  }

  #upgrade(request: IncomingMessage, stream: Duplex, head: Buffer): void {
    stream.on('error', () => stream.destroy());
    const { path, settings } = this.#options;
    if (request.url?.split('?', 1)[0] !== path) return rejectUpgrade(stream, '404 Not Found');
    if (this.#isStopping || this.#sockets.size >= settings.maxSockets)
      return rejectUpgrade(stream, '503 Service Unavailable');
    this.#server.handleUpgrade(request, stream, head, (socket) => this.#open(socket, request));
  }

  #open(socket: WebSocket, request: IncomingMessage): void {
    if (socket.protocol === '') {
      socket.on('error', () => socket.terminate());
      socket.close(4406, 'Subprotocol not acceptable');
      return;
    }
    const client = clientAt(this.#options.addressOf(request), request.headers['user-agent']);
    const opened = new GraphqlSocket(socket, client, this.#options);
    this.#sockets.add(opened);
    socket.on('close', () => this.#sockets.delete(opened));
  }

  #tick(): void {
    const now = this.#options.now();
    for (const socket of this.#sockets) socket.tick(now);
  }

  #revoke(sessionId: string): void {
    for (const socket of this.#sockets) if (socket.sessionId === sessionId) socket.revoke();
  }
}

function rejectUpgrade(stream: Duplex, status: string): void {
  stream.end(`HTTP/1.1 ${status}\r\nconnection: close\r\ncontent-length: 0\r\n\r\n`);
}
