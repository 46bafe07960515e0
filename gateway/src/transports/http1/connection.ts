import type { Socket } from 'node:net';
import type { HttpExchange } from '../http-client.ts';
import type { RequestFormat } from './request-format.ts';
import { ResponseParser } from './response-parser.ts';
import type { OpenSocket } from './socket.ts';

const TCP_KEEP_ALIVE_MS = 60_000;

export interface ConnectionOwner {
  readonly format: RequestFormat;
  readonly maxResponseBytes: number;
  /** The connection can take another request within this time, ms. */
  onFree(connection: Connection, keepAliveMs: number): void;
  /** The connection is gone; called once, before its exchange hears of it. */
  onGone(connection: Connection): void;
}

/** A connection that serves one exchange at a time. It never sends a request twice. */
export class Connection {
  /** Epoch ms; of an idle connection. */
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

  /** Gives up what is under way: its exchange hears nothing. */
  destroy(): void {
    this.#exchange = undefined;
    if (this.#isGone) return;
    this.#isGone = true;
    this.#socket.destroy();
    this.#owner.onGone(this);
  }

  /** Gives up what is under way, and tells its exchange why. */
  fail(error: Error): void {
    const exchange = this.#exchange;
    this.destroy();
    exchange?.onFailure(error);
  }

  #receive(bytes: Buffer, length: number): void {
    // A server that speaks before it is asked would have its words taken for the next answer.
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
    else this.fail(new Error('the connection was closed before the answer was complete'));
  }

  #complete(exchange: HttpExchange): void {
    const { head, hasMore } = this.#parser;
    const { status, keepAliveMs, isDelimited } = head;
    const body = this.#parser.takeBody();
    this.#exchange = undefined;
    // What is not sent yet, as when a server answers early, would be the beginning of the next request.
    const isReusable = isDelimited && keepAliveMs > 0 && !hasMore && this.#socket.writableLength === 0;
    if (isReusable) this.#owner.onFree(this, keepAliveMs);
    else this.destroy();
    exchange.onAnswer(status, body);
  }
}
