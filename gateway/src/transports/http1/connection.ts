import type { Socket } from 'node:net';
import type { HttpExchange } from '../http-client.ts';
import type { RequestFormat } from './request-format.ts';
import { ResponseParser } from './response-parser.ts';
import type { OpenSocket } from './socket.ts';

const TCP_KEEP_ALIVE_MS = 60_000;

export interface ConnectionOwner {
  readonly format: RequestFormat;
  readonly maxResponseBytes: number;
  /** The connection is reusable for this time, ms. */
  onFree(connection: Connection, keepAliveMs: number): void;
  /** Called once when the connection is closed, before its exchange fails. */
  onGone(connection: Connection): void;
}

/** A connection that handles one exchange at a time. */
export class Connection {
  /** Expiry of an idle connection, epoch ms. */
  idleUntil = 0;
  readonly #socket: Socket;
  readonly #owner: ConnectionOwner;
  readonly #parser: ResponseParser;
  #exchange: HttpExchange | undefined;
  #isGone = false;

  constructor(open: OpenSocket, owner: ConnectionOwner) {
    this.#owner = owner;
    this.#parser = new ResponseParser(owner.maxResponseBytes);
    this.#socket = open((bytes, length) => this.#receive(bytes, length));
    this.#socket.setKeepAlive(true, TCP_KEEP_ALIVE_MS);
    this.#socket.on('end', () => this.#end());
    this.#socket.on('error', (error) => this.fail(error));
    this.#socket.on('close', () => this.fail(new Error('the connection was closed')));
  }

  serves(exchange: HttpExchange): boolean {
    return this.#exchange === exchange;
  }

  send(exchange: HttpExchange): void {
    this.#exchange = exchange;
    this.#parser.expect();
    this.#socket.write(this.#owner.format.message(exchange.headers(), exchange.body), 'latin1');
  }

  /** An idle connection does not keep the process alive. */
  setIdle(isIdle: boolean): void {
    if (isIdle) this.#socket.unref();
    else this.#socket.ref();
  }

  /** Closes the connection without failing its exchange. */
  destroy(): void {
    this.#exchange = undefined;
    if (this.#isGone) return;
    this.#isGone = true;
    this.#socket.destroy();
    this.#owner.onGone(this);
  }

  /** Closes the connection and fails its exchange. */
  fail(error: Error): void {
    const exchange = this.#exchange;
    this.destroy();
    exchange?.onFailure(error);
  }

  #receive(bytes: Buffer, length: number): void {
    // Unrequested bytes would be read as the response to the next request.
    if (this.#exchange === undefined) return this.destroy();
    let isComplete: boolean;
    try {
      isComplete = this.#parser.read(bytes, length);
    } catch (error) {
      return this.fail(error as Error);
    }
    if (isComplete) this.#complete(this.#exchange);
  }

  #end(): void {
    if (this.#exchange !== undefined && this.#parser.end()) this.#complete(this.#exchange);
    else this.fail(new Error('the connection was closed before the response was complete'));
  }

  #complete(exchange: HttpExchange): void {
    const { head, hasMore } = this.#parser;
    const { status, keepAliveMs, isDelimited } = head;
    const body = this.#parser.takeBody();
    this.#exchange = undefined;
    // After an early response, unsent bytes would become the start of the next request.
    const isReusable = isDelimited && keepAliveMs > 0 && !hasMore && this.#socket.writableLength === 0;
    if (isReusable) this.#owner.onFree(this, keepAliveMs);
    else this.destroy();
    exchange.onResponse(status, body);
  }
}
