import { type AddressInfo, createServer, type Server, type Socket } from 'node:net';
import { onTestFinished } from 'vitest';

/** One connection as the server sees it. */
export interface RawConnection {
  readonly socket: Socket;
  /** The bytes from the client, as latin1. */
  received: string;
}

/** A TCP server whose bytes the test writes. `onRequest` is called at the end of each request. */
export class RawServer {
  readonly connections: RawConnection[] = [];
  readonly #server: Server;

  private constructor(onRequest: (connection: RawConnection, request: number) => void) {
    let requests = 0;
    this.#server = createServer({ noDelay: true }, (socket) => {
      const connection = { socket, received: '' };
      this.connections.push(connection);
      let answered = 0;
      socket.on('error', () => {});
      socket.on('data', (bytes: Buffer) => {
        connection.received += bytes.toString('latin1');
        while (requestsIn(connection.received) > answered) {
          answered++;
          onRequest(connection, requests++);
        }
      });
    });
  }

  static async listen(onRequest: (connection: RawConnection, request: number) => void): Promise<RawServer> {
    const server = new RawServer(onRequest);
    await new Promise<void>((resolve) => server.#server.listen(0, '127.0.0.1', resolve));
    onTestFinished(() => server.stop());
    return server;
  }

  get url(): string {
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}/graphql`;
  }

  /** Open connections. */
  get open(): number {
    return this.connections.filter(({ socket }) => !socket.destroyed).length;
  }

  /** Requests on all connections. */
  get requests(): number {
    return this.connections.flatMap(({ received }) => received.match(/POST/g) ?? []).length;
  }

  stop(): void {
    for (const { socket } of this.connections) socket.destroy();
    this.#server.close();
  }
}

function requestsIn(received: string): number {
  let count = 0;
  for (let rest = received; ; count++) {
    const head = rest.indexOf('\r\n\r\n');
    const length = Number(/content-length: (\d+)/.exec(rest)?.[1]);
    if (head === -1 || rest.length < head + 4 + length) return count;
    rest = rest.slice(head + 4 + length);
  }
}

/** An HTTP response. */
export function answer(body: unknown, headers = ''): string {
  const text = JSON.stringify(body);
  return `HTTP/1.1 200 OK\r\n${headers}content-length: ${Buffer.byteLength(text)}\r\n\r\n${text}`;
}
