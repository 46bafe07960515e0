import type { HttpClient, HttpClientOptions, HttpExchange } from '../http-client.ts';
import { Connection, type ConnectionOwner } from './connection.ts';
import { RequestFormat } from './request-format.ts';
import { type OpenSocket, socketOpener } from './socket.ts';

/** Interval at which expired idle connections are closed, ms. */
const SWEEP_EVERY_MS = 500;

/**
 * An HTTP/1.1 client for one URL (ADR 10).
 *
 * The most recently used connection is reused first, so that surplus ones expire. When all are busy, requests queue.
 */
export class Http1Client implements HttpClient, ConnectionOwner {
  readonly format: RequestFormat;
  readonly maxResponseBytes: number;
  readonly #openSocket: OpenSocket;
  readonly #options: HttpClientOptions;
  readonly #connections = new Set<Connection>();
  readonly #idle: Connection[] = [];
  readonly #waiting = new Set<HttpExchange>();
  #sweeper: NodeJS.Timeout | undefined;
  #isClosed = false;

  constructor(url: URL, options: HttpClientOptions) {
    this.#openSocket = socketOpener(url);
    this.format = new RequestFormat(url);
    this.maxResponseBytes = options.maxResponseBytes;
    this.#options = options;
  }

  send(exchange: HttpExchange): () => void {
    this.#dispatch(exchange);
    return () => this.#abort(exchange);
  }

  #dispatch(exchange: HttpExchange): void {
    if (this.#isClosed) return exchange.onFailure(new Error('the transport is closed'));
    const idle = this.#takeIdle();
    if (idle !== undefined) idle.send(exchange);
    else if (this.#connections.size < this.#options.connections) this.#open().send(exchange);
    else this.#waiting.add(exchange);
  }

  /** Closes the exchange's connection, because the rest of the response is not read. */
  #abort(exchange: HttpExchange): void {
    if (this.#waiting.delete(exchange)) return;
    for (const connection of this.#connections) {
      if (connection.serves(exchange)) return connection.destroy();
    }
  }

  onFree(connection: Connection, keepAliveMs: number): void {
    const next = this.#takeWaiting();
    if (next !== undefined) return connection.send(next);
    connection.idleUntil = this.#options.now() + keepAliveMs;
    connection.setIdle(true);
    this.#idle.push(connection);
    this.#sweeper ??= setInterval(() => this.#sweep(), SWEEP_EVERY_MS).unref();
  }

  onGone(connection: Connection): void {
    this.#connections.delete(connection);
    const index = this.#idle.indexOf(connection);
    if (index !== -1) this.#idle.splice(index, 1);
    const next = this.#takeWaiting();
    if (next !== undefined) this.#open().send(next);
  }

  close(): void {
    this.#isClosed = true;
    clearInterval(this.#sweeper);
    const error = new Error('the transport is closed');
    const waiting = [...this.#waiting];
    this.#waiting.clear();
    for (const exchange of waiting) exchange.onFailure(error);
    for (const connection of this.#connections) connection.fail(error);
  }

  #open(): Connection {
    const connection = new Connection(this.#openSocket, this);
    this.#connections.add(connection);
    return connection;
  }

  #takeIdle(): Connection | undefined {
    for (let connection = this.#idle.pop(); connection !== undefined; connection = this.#idle.pop()) {
      if (connection.idleUntil > this.#options.now()) {
        connection.setIdle(false);
        return connection;
      }
      connection.destroy();
    }
    return undefined;
  }

  #takeWaiting(): HttpExchange | undefined {
    for (const exchange of this.#waiting) {
      this.#waiting.delete(exchange);
      return exchange;
    }
    return undefined;
  }

  #sweep(): void {
    const now = this.#options.now();
    for (const connection of this.#idle.filter(({ idleUntil }) => idleUntil <= now)) connection.destroy();
    if (this.#idle.length > 0) return;
    clearInterval(this.#sweeper);
    this.#sweeper = undefined;
  }
}
