/** A POST to a subgraph. Exactly one of `onResponse` and `onFailure` is called, once, unless the request is abandoned. */
export interface HttpExchange {
  readonly body: string;
  /** Names and values in turn, as they are at the moment of sending. */
  headers(): string[];
  onResponse(status: number, body: string): void;
  /** ResponseTooLargeError, or why there is no complete response. */
  onFailure(error: Error): void;
}

/** Sends requests to one URL over connections that are kept. No request is ever sent twice. */
export interface HttpClient {
  /** @returns a function that abandons the request: its exchange hears nothing more */
  send(exchange: HttpExchange): () => void;
  /** Requests under way, waiting or to come fail. */
  close(): void;
}

export interface HttpClientOptions {
  /** Requests beyond this many at once wait for a free connection. */
  readonly connections: number;
  readonly maxResponseBytes: number;
  readonly now: () => number;
}

/** How long a connection is kept whose server announces nothing: a second less than Node's servers keep it. */
export const DEFAULT_KEEP_ALIVE_MS = 4_000;
/** How long it is kept at most, whatever the server announces. */
export const MAX_KEEP_ALIVE_MS = 600_000;
/** The largest head of a response. */
export const MAX_HEAD_BYTES = 64 << 10;

export class ResponseTooLargeError extends Error {
  override readonly name = 'ResponseTooLargeError';
}
