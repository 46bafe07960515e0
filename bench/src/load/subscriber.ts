import { randomBytes } from 'node:crypto';
import { connect, type Socket } from 'node:net';

const [TEXT, PING, PONG] = [1, 9, 10] as const;

export interface SubscriberOptions {
  readonly url: URL;
  readonly authorization: string;
  readonly query: string;
  /** Called with the JSON of each `next` message; the buffer is valid during the call only. */
  readonly onNext: (message: Buffer) => void;
  readonly onLost: () => void;
}

/**
 * One graphql-transport-ws client with one subscription.
 *
 * It implements only the WebSocket frames that servers send, because thousands of clients share a core with the
 * subgraphs.
 */
export class Subscriber {
  readonly #socket: Socket;
  readonly #options: SubscriberOptions;
  #pending: Buffer = Buffer.alloc(0);
  #isUpgraded = false;
  #isOver = false;
  #onSubscribed = (): void => {};
  #onRefused = (_error: Error): void => {};

  constructor(options: SubscriberOptions) {
    const { hostname, port } = options.url;
    this.#options = options;
    this.#socket = connect({ host: hostname, port: Number(port), noDelay: true });
    this.#socket.on('data', (chunk: Buffer) => this.#receive(chunk));
    this.#socket.on('error', () => this.#socket.destroy());
    this.#socket.on('close', () => {
      if (this.#isOver) return;
      this.#onRefused(new Error(`${options.url.host} closed the connection`));
      options.onLost();
    });
  }

  /** Resolves when the subscription is sent; servers do not acknowledge it. */
  subscribe(): Promise<void> {
    const { pathname, host } = this.#options.url;
    const head = [
      `GET ${pathname} HTTP/1.1`,
      `host: ${host}`,
      'connection: upgrade',
      'upgrade: websocket',
      'sec-websocket-version: 13',
      `sec-websocket-key: ${randomBytes(16).toString('base64')}`,
      'sec-websocket-protocol: graphql-transport-ws',
    ];
    this.#socket.write(`${head.join('\r\n')}\r\n\r\n`);
    return new Promise((resolve, reject) => {
      this.#onSubscribed = resolve;
      this.#onRefused = reject;
    });
  }

  close(): void {
    this.#isOver = true;
    this.#socket.destroy();
  }

  #receive(chunk: Buffer): void {
    let bytes = this.#pending.length === 0 ? chunk : Buffer.concat([this.#pending, chunk]);
    if (!this.#isUpgraded) {
      const end = bytes.indexOf('\r\n\r\n');
      this.#pending = bytes;
      if (end === -1) return;
      if (!bytes.subarray(0, end).includes(' 101 ')) return void this.#socket.destroy();
      this.#isUpgraded = true;
      bytes = bytes.subarray(end + 4);
      const { authorization } = this.#options;
      this.#send(TEXT, JSON.stringify({ type: 'connection_init', payload: { Authorization: authorization } }));
    }
    this.#pending = this.#frames(bytes);
  }

  /** Handles complete frames. @returns the remaining bytes */
  #frames(bytes: Buffer): Buffer {
    let position = 0;
    for (;;) {
      const rest = bytes.length - position;
      if (rest < 2) break;
      const short = (bytes[position + 1] as number) & 0x7f;
      const head = short === 126 ? 4 : short === 127 ? 10 : 2;
      if (rest < head) break;
      const length =
        head === 2 ? short : head === 4 ? bytes.readUInt16BE(position + 2) : bytes.readUInt32BE(position + 6);
      if (rest < head + length) break;
      const start = position + head;
      this.#handle((bytes[position] as number) & 0x0f, bytes.subarray(start, start + length));
      position = start + length;
    }
    return position === bytes.length ? EMPTY : Buffer.from(bytes.subarray(position));
  }

  #handle(opcode: number, payload: Buffer): void {
    if (opcode === PING) this.#send(PONG, '');
    if (opcode !== TEXT) return;
    if (payload.includes('"type":"next"')) this.#options.onNext(payload);
    else if (payload.includes('"type":"connection_ack"')) {
      this.#send(TEXT, JSON.stringify({ id: '1', type: 'subscribe', payload: { query: this.#options.query } }));
      this.#onSubscribed();
    }
  }

  /** Clients must mask frames; a mask of zeros changes nothing. */
  #send(opcode: number, text: string): void {
    const payload = Buffer.from(text);
    const { length } = payload;
    const head =
      length < 126
        ? Buffer.from([0x80 | opcode, 0x80 | length])
        : Buffer.from([0x80 | opcode, 0xfe, length >> 8, length & 0xff]);
    this.#socket.write(Buffer.concat([head, Buffer.alloc(4), payload]));
  }
}

const EMPTY = Buffer.alloc(0);
