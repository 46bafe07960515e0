/** A POST to a subgraph. Exactly one of `onResponse` and `onFailure` is called, once, unless the request is aborted. */
export interface HttpExchange {
  readonly body: string;
  /** Alternating names and values; read when the request is sent. */
  headers(): string[];
  onResponse(status: number, body: string): void;
  /** @param error ResponseTooLargeError, or the failure of the connection */
  onFailure(error: Error): void;
}

/** Sends requests to one URL over persistent connections. Never retries. */
export interface HttpClient {
  /** @returns a function that aborts the request; its exchange is then not called */
  send(exchange: HttpExchange): () => void;
  /** Fails all requests: in flight, waiting and later ones. */
  close(): void;
}

export interface HttpClientOptions {
  /** Maximum connections; further requests wait. */
  readonly connections: number;
  readonly maxResponseBytes: number;
  readonly now: () => number;
}

/** Idle time of a connection whose server sends no `keep-alive` header: a second less than the default of Node. */
export const DEFAULT_KEEP_ALIVE_MS = 4_000;
/** Maximum idle time, whatever the server announces. */
export const MAX_KEEP_ALIVE_MS = 600_000;
/** Maximum size of a response's head. */
export const MAX_HEAD_BYTES = 64 << 10;

export class ResponseTooLargeError extends Error {
  override readonly name = 'ResponseTooLargeError';
}
