import { connect, type Socket } from 'node:net';

const HEAD_END = '\r\n\r\n';

/** One keep-alive connection that sends a request, waits for the response and repeats: a minimal client. */
export class Connection {
  readonly #socket: Socket;
  readonly #request: string;
  #pending = '';
  #answered: ((answer: string) => void) | undefined;

  constructor(port: number, body: string) {
    const length = Buffer.byteLength(body);
    this.#request = `POST /graphql HTTP/1.1\r\nhost: bench\r\ncontent-type: application/json\r\ncontent-length: ${length}\r\n\r\n${body}`;
    this.#socket = connect({ port, host: '127.0.0.1', noDelay: true });
    this.#socket.setEncoding('latin1');
    this.#socket.on('data', (chunk) => this.#receive(String(chunk)));
  }

  /** Sends a request. @returns the response's body */
  ask(): Promise<string> {
    return new Promise((resolve) => {
      this.#answered = resolve;
      this.#socket.write(this.#request);
    });
  }

  close(): void {
    this.#socket.destroy();
  }

  #receive(chunk: string): void {
    this.#pending += chunk;
    const headEnd = this.#pending.indexOf(HEAD_END);
    const length = /content-length: *(\d+)/i.exec(this.#pending)?.[1];
    if (headEnd === -1 || length === undefined) return;
    const start = headEnd + HEAD_END.length;
    if (this.#pending.length < start + Number(length)) return;
    const answer = this.#pending.slice(start);
    this.#pending = '';
    this.#answered?.(answer);
  }
}
