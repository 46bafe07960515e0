import type { IncomingMessage, Server } from 'node:http';
import type { Duplex } from 'node:stream';
import { handleProtocols } from 'graphql-ws';
import { type WebSocket, WebSocketServer } from 'ws';
import { MessageRates } from '../protection/holdings/message-rates.ts';
import type { Share } from '../protection/holdings/share.ts';
import { type Client, clientAt } from '../request/client.ts';
import type { IsAllowedOrigin } from '../request/origins.ts';
import { SocketWithReasons } from './close-reasons.ts';
import type { StreamingOptions } from './streaming-options.ts';
import { GraphqlSocket } from './socket.ts';

export interface SocketServerOptions extends StreamingOptions {
  /** The path of the GraphQL endpoint. */
  readonly path: string;
  /** The client's network address behind trusted proxies. */
  readonly addressOf: (request: IncomingMessage) => string;
  readonly isAllowedOrigin: IsAllowedOrigin;
  readonly onRevoked: (listener: (sessionId: string) => void) => () => void;
}

/** Time for clients to complete the closing handshake when the server stops, ms. */
const CLOSE_GRACE_MS = 2_000;

/** Parts of a message, each of which takes memory however small it is; clients send one or a few. */
const MAX_FRAGMENTS = 64;

/** Less than the smallest packet of a usual network: in smaller ones no frame has to arrive. */
const MIN_PACKET_BYTES = 512;

/** Time for a client to complete the closing handshake, ms. */
const CLOSE_TIMEOUT_MS = 5_000;

/** A graphql-transport-ws server. One timer serves all sockets. */
export class SocketServer {
  readonly #options: SocketServerOptions;
  readonly #sockets = new Set<GraphqlSocket>();
  readonly #server: WebSocketServer;
  readonly #rates: MessageRates;
  readonly #timer: NodeJS.Timeout;
  readonly #stopListening: () => void;
  #isStopping = false;

  constructor(options: SocketServerOptions) {
    this.#options = options;
    const { settings, now } = options;
    this.#rates = new MessageRates({
      perSocket: settings.maxMessagesPerSecond,
      perNetwork: settings.maxMessagesPerSecondPerNetwork,
      now,
    });
    this.#server = new WebSocketServer({
      noServer: true,
      WebSocket: SocketWithReasons,
      clientTracking: false,
      perMessageDeflate: false,
      // ws has it, its types do not.
      ...({ closeTimeout: CLOSE_TIMEOUT_MS } as object),
      maxPayload: settings.maxMessageBytes,
      maxFragments: MAX_FRAGMENTS,
      maxBufferedChunks: Math.ceil(settings.maxMessageBytes / MIN_PACKET_BYTES),
      handleProtocols: (protocols) => handleProtocols(protocols),
    });
    this.#timer = setInterval(() => this.#tick(), settings.tickMs).unref();
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
    const { path, holdings } = this.#options;
    if (request.url?.split('?', 1)[0] !== path) return rejectUpgrade(stream, '404 Not Found');
    if (this.#isStopping) return rejectUpgrade(stream, '503 Service Unavailable');
    const client = clientAt(this.#options.addressOf(request), request.headers['user-agent']);
    if (!this.#options.isAllowedOrigin(request.headers)) return this.#rejectOrigin(request, client, stream);
    const share = holdings.shareOf(client.network);
    if (!this.#rates.connect(client.network) || !share.take('sockets')) {
      this.#options.securityEvent('rate-limited', { address: client.network, detail: 'sockets' });
      return rejectUpgrade(stream, BUSY);
    }
    stream.on('close', () => share.close());
    this.#server.handleUpgrade(request, stream, head, (socket) => this.#open(socket, { client, share, request }));
  }

  #rejectOrigin({ headers }: IncomingMessage, { network }: Client, stream: Duplex): void {
    this.#options.securityEvent('origin-rejected', { address: network, detail: headers.origin });
    rejectUpgrade(stream, '403 Forbidden');
  }

  #open(socket: WebSocket, { client, share, request }: Upgraded): void {
    if (socket.protocol === '') {
      socket.on('error', () => socket.terminate());
      socket.close(4406, 'Subprotocol not acceptable');
      return;
    }
    const exceededBy = this.#rates.counterFor(client.network);
    const bytesRead = () => request.socket.bytesRead;
    const opened = new GraphqlSocket({ socket, client, share, exceededBy, bytesRead }, this.#options);
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

interface Upgraded {
  readonly client: Client;
  readonly share: Share;
  readonly request: IncomingMessage;
}

/** Above a limit of sockets or handshakes; another gateway may have room. */
const BUSY = '503 Service Unavailable\r\nretry-after: 30';

function rejectUpgrade(stream: Duplex, status: string): void {
  stream.end(`HTTP/1.1 ${status}\r\nconnection: close\r\ncontent-length: 0\r\n\r\n`);
}
