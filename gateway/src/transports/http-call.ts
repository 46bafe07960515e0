import { FORWARDED_BY_HEADER, TIMEOUT_HEADER } from '@marquee/identity';
import type { OperationContext } from '../request/operation-context.ts';
import type { Deadlines, Expiring } from './deadlines.ts';
import { type HttpClient, type HttpExchange, ResponseTooLargeError } from './http-client.ts';
import {
  type SubgraphRequest,
  type SubgraphResponse,
  SubgraphUnavailableError,
  type UnavailableReason,
} from './subgraph-transport.ts';

/** Statuses of a temporary failure. */
const TRANSIENT_STATUSES = new Set([429, 502, 503, 504]);

/** Shared by all calls to one subgraph. */
export interface HttpCallTarget {
  readonly subgraph: string;
  readonly client: HttpClient;
  readonly deadlines: Deadlines;
  readonly now: () => number;
}

export interface HttpCallOptions {
  /** Epoch ms. */
  readonly deadline: number;
  /** The gateway's own token. */
  readonly forwardedBy: string | undefined;
  readonly resolve: (response: SubgraphResponse) => void;
  readonly reject: (error: SubgraphUnavailableError) => void;
}

/** One request to a subgraph. It settles exactly once. */
export class HttpCall implements HttpExchange, Expiring {
  readonly deadline: number;
  readonly body: string;
  readonly #target: HttpCallTarget;
  readonly #context: OperationContext;
  readonly #options: HttpCallOptions;
  #callerHeaders: readonly string[] = [];
  #abort: (() => void) | undefined;
  #settled = false;

  constructor(target: HttpCallTarget, request: SubgraphRequest, context: OperationContext, options: HttpCallOptions) {
    this.deadline = options.deadline;
    this.body = request.body;
    this.#target = target;
    this.#context = context;
    this.#options = options;
  }

  start(): void {
    try {
      this.#callerHeaders = callerHeaders(this.#context);
    } catch (error) {
      return this.#fail('unreachable', error);
    }
    this.#target.deadlines.watch(this);
    this.#abort = this.#target.client.send(this);
  }

  headers(): string[] {
    const remainingMs = Math.max(1, Math.floor(this.deadline - this.#target.now()));
    const { forwardedBy } = this.#options;
    const own = forwardedBy === undefined ? [] : [FORWARDED_BY_HEADER, forwardedBy];
    return [TIMEOUT_HEADER, String(remainingMs), ...own, ...this.#callerHeaders];
  }

  onResponse(status: number, body: string): void {
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
    this.#failAndAbort('timeout');
  }

  /** Aborts the request because its caller no longer needs it. */
  cancel(cause: unknown): void {
    this.#failAndAbort('cancelled', cause);
  }

  #failAndAbort(reason: UnavailableReason, cause?: unknown): void {
    if (this.#settled) return;
    this.#fail(reason, cause);
    this.#abort?.();
  }

  #fail(reason: UnavailableReason, cause: unknown): void {
    if (this.#settled) return;
    this.#end();
    this.#options.reject(new SubgraphUnavailableError(this.#target.subgraph, { reason, cause }));
  }

  #end(): void {
    this.#settled = true;
    this.#target.deadlines.unwatch(this);
  }
}

/** Characters that a header value may not contain. A line break would inject another header. */
const INVALID_IN_HEADER = /[^\t\x20-\x7e\x80-\xff]/;

/** @throws {TypeError} when a value contains an invalid character */
function callerHeaders({ identity: { authorization }, trace, client }: OperationContext): string[] {
  const headers = ['traceparent', trace.traceparent];
  if (authorization !== undefined) headers.push('authorization', authorization);
  if (client?.address) headers.push('x-forwarded-for', client.address);
  if (client?.userAgent) headers.push('user-agent', client.userAgent);
  const invalid = headers.findIndex((text) => INVALID_IN_HEADER.test(text));
  if (invalid === -1) return headers;
  throw new TypeError(`the ${headers[invalid - 1]} header contains an invalid character`);
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
