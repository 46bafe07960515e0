import {
  type SubgraphRequest,
  type SubgraphResponse,
  SubgraphUnavailableError,
  type UnavailableReason,
} from './subgraph-transport.ts';
import type { Deadlines, Expiring } from './deadlines.ts';
import type { HttpExchange } from './http-connection.ts';
import type { HttpPool } from './http-pool.ts';
import type { HttpRequestFormat } from './http-request-format.ts';
import { ResponseTooLargeError } from './http-response-parser.ts';

/** Statuses that say nothing about the request and promise a later success. */
const TRANSIENT_STATUSES = new Set([429, 502, 503, 504]);

/** What the calls of one subgraph have in common. */
export interface HttpCallTarget {
  readonly subgraph: string;
  readonly pool: HttpPool;
  readonly format: HttpRequestFormat;
  readonly deadlines: Deadlines;
  readonly now: () => number;
}

export interface HttpCallOptions {
  /** Epoch ms. */
  readonly deadline: number;
  readonly resolve: (response: SubgraphResponse) => void;
  readonly reject: (error: SubgraphUnavailableError) => void;
}

/** Asks a subgraph once and settles once, whatever comes of it. */
export class HttpCall implements HttpExchange, Expiring {
  readonly deadline: number;
  readonly #target: HttpCallTarget;
  readonly #request: SubgraphRequest;
  readonly #options: HttpCallOptions;
  #callerHeaders = '';
  #settled = false;

  constructor(target: HttpCallTarget, request: SubgraphRequest, options: HttpCallOptions) {
    this.deadline = options.deadline;
    this.#target = target;
    this.#request = request;
    this.#options = options;
  }

  start(): void {
    const { pool, format, deadlines } = this.#target;
    try {
      this.#callerHeaders = format.callerHeaders(this.#request);
    } catch (error) {
      return this.#fail('unreachable', error);
    }
    deadlines.watch(this);
    pool.dispatch(this);
  }

  message(): string {
    const { format, now } = this.#target;
    return format.message(this.#callerHeaders, this.deadline - now(), this.#request.body);
  }

  onAnswer(status: number, body: string): void {
    if (this.#settled) return;
    const response = parseResponse(body);
    if (response) {
      this.#end();
      this.#options.resolve(response);
    } else {
      const reason = TRANSIENT_STATUSES.has(status) ? 'status' : 'response';
      this.#fail(reason, new Error(`HTTP ${status} without a GraphQL response`));
    }
  }

  onFailure(error: Error): void {
    this.#fail(error instanceof ResponseTooLargeError ? 'response' : 'unreachable', error);
  }

  expire(): void {
    this.#abandon('timeout');
  }

  /** The caller no longer waits. */
  cancel(cause: unknown): void {
    this.#abandon('unreachable', cause);
  }

  #abandon(reason: UnavailableReason, cause?: unknown): void {
    if (this.#settled) return;
    this.#fail(reason, cause);
    this.#target.pool.abandon(this);
  }

  #fail(reason: UnavailableReason, cause: unknown): void {
    if (this.#settled) return;
    this.#end();
    this.#options.reject(new SubgraphUnavailableError(this.#target.subgraph, { reason, cause }));
  }

  #end(): void {
    this.#settled = true;
    this.#target.deadlines.forget(this);
  }
}

function parseResponse(text: string): SubgraphResponse | null {
  try {
    const parsed: unknown = JSON.parse(text);
    if (typeof parsed !== 'object' || parsed === null) return null;
    return 'data' in parsed || ('errors' in parsed && Array.isArray(parsed.errors))
      ? (parsed as SubgraphResponse)
      : null;
  } catch {
    return null;
  }
}
