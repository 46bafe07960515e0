import { type Dispatcher, errors, Pool } from 'undici';
import {
  DEFAULT_KEEP_ALIVE_MS,
  type HttpClient,
  type HttpClientOptions,
  type HttpExchange,
  MAX_HEAD_BYTES,
  MAX_KEEP_ALIVE_MS,
  ResponseTooLargeError,
} from './http-client.ts';

/** A connection is closed a second before the server closes it, because a request sent meanwhile would be lost. */
const KEEP_ALIVE_MARGIN_MS = 1_000;

/** An HTTP client on undici's lowest-level API, without streams and promises. */
export function undiciClient(
  { origin, pathname, search }: URL,
  { connections, maxResponseBytes }: Omit<HttpClientOptions, 'now'>,
): HttpClient {
  const pool = new Pool(origin, {
    connections,
    pipelining: 1,
    keepAliveTimeout: DEFAULT_KEEP_ALIVE_MS,
    keepAliveTimeoutThreshold: KEEP_ALIVE_MARGIN_MS,
    keepAliveMaxTimeout: MAX_KEEP_ALIVE_MS,
    maxHeaderSize: MAX_HEAD_BYTES,
    maxResponseSize: maxResponseBytes,
    // The transport enforces deadlines.
    headersTimeout: 0,
    bodyTimeout: 0,
  });
  const path = pathname + search;
  return {
    send: (exchange) => {
      const response = new UndiciResponse(exchange);
      const headers = ['content-type', 'application/json', 'accept', 'application/json', ...exchange.headers()];
      pool.dispatch({ method: 'POST', path, headers, body: exchange.body }, response);
      return () => response.abort();
    },
    close: () => void pool.destroy(new Error('the transport is closed')),
  };
}

class UndiciResponse implements Dispatcher.DispatchHandler {
  #exchange: HttpExchange | undefined;
  #controller: Dispatcher.DispatchController | undefined;
  #status = 0;
  readonly #chunks: Buffer[] = [];

  constructor(exchange: HttpExchange) {
    this.#exchange = exchange;
  }

  /** A request that still waits for a connection is never sent. */
  abort(): void {
    this.#exchange = undefined;
    this.#controller?.abort(ABORTED);
  }

  onRequestStart(controller: Dispatcher.DispatchController): void {
    this.#controller = controller;
    if (this.#exchange === undefined) controller.abort(ABORTED);
  }

  onResponseStart(_controller: Dispatcher.DispatchController, status: number): void {
    this.#status = status;
  }

  onResponseData(_controller: Dispatcher.DispatchController, chunk: Buffer): void {
    this.#chunks.push(chunk);
  }

  onResponseEnd(): void {
    const [first = NO_BYTES, ...more] = this.#chunks;
    const body = more.length === 0 ? first : Buffer.concat(this.#chunks);
    this.#exchange?.onResponse(this.#status, body.toString());
  }

  onResponseError(_controller: Dispatcher.DispatchController, error: Error): void {
    const isTooLarge = error instanceof errors.ResponseExceededMaxSizeError;
    this.#exchange?.onFailure(isTooLarge ? new ResponseTooLargeError(error.message, { cause: error }) : error);
  }
}

const ABORTED = new Error('the request is aborted');
const NO_BYTES = Buffer.alloc(0);
