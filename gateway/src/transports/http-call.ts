import type { Dispatcher } from 'undici';
import type { Deadlines, Expiring } from './deadlines.ts';
import { type SubgraphResponse, SubgraphUnavailableError, type UnavailableReason } from '../types.ts';

/** Statuses that say nothing about the request and promise a later success. */
const TRANSIENT_STATUSES = new Set([429, 502, 503, 504]);

export interface HttpCallOptions {
  readonly subgraph: string;
  readonly maxBytes: number;
  /** Epoch ms. */
  readonly deadline: number;
  readonly deadlines: Deadlines;
  readonly resolve: (response: SubgraphResponse) => void;
  readonly reject: (error: SubgraphUnavailableError) => void;
}

/**
 * Receives one HTTP answer and settles once.
 *
 * It is undici's handler itself: `request()` with a body stream took a third more time for answers of this size.
 */
export class HttpCall implements Dispatcher.DispatchHandler, Expiring {
  readonly deadline: number;
  readonly #options: HttpCallOptions;
  readonly #chunks: Buffer[] = [];
  #bytes = 0;
  #status = 0;
  #settled = false;
  #controller: Dispatcher.DispatchController | undefined;

  constructor(options: HttpCallOptions) {
    this.deadline = options.deadline;
    this.#options = options;
    options.deadlines.watch(this);
  }

  onRequestStart(controller: Dispatcher.DispatchController): void {
    this.#controller = controller;
    if (this.#settled) controller.abort(new Error('no longer waited for'));
  }

  onResponseStart(_controller: Dispatcher.DispatchController, status: number): void {
    this.#status = status;
  }

  onResponseData(controller: Dispatcher.DispatchController, chunk: Buffer): void {
    this.#bytes += chunk.length;
    const { maxBytes } = this.#options;
    if (this.#bytes <= maxBytes) {
      this.#chunks.push(chunk);
      return;
    }
    const tooLarge = new Error(`the response is larger than ${maxBytes} bytes`);
    this.#fail('response', tooLarge);
    controller.abort(tooLarge);
  }

  onResponseEnd(): void {
    if (this.#settled) return;
    const text = this.#chunks.length === 1 ? String(this.#chunks[0]) : Buffer.concat(this.#chunks).toString();
    const response = parseResponse(text);
    if (response) {
      this.#end();
      this.#options.resolve(response);
    } else {
      const reason = TRANSIENT_STATUSES.has(this.#status) ? 'status' : 'response';
      this.#fail(reason, new Error(`HTTP ${this.#status} without a GraphQL response`));
    }
  }

  onResponseError(_controller: Dispatcher.DispatchController, cause: Error): void {
    this.#fail('unreachable', cause);
  }

  expire(): void {
    this.#abandon('timeout');
  }

  /** The caller no longer waits. */
  cancel(cause: unknown): void {
    this.#abandon('unreachable', cause);
  }

  #abandon(reason: UnavailableReason, cause?: unknown): void {
    this.#fail(reason, cause);
    this.#controller?.abort(new Error('no longer waited for'));
  }

  #fail(reason: UnavailableReason, cause: unknown): void {
    if (this.#settled) return;
    this.#end();
    this.#options.reject(new SubgraphUnavailableError(this.#options.subgraph, { reason, cause }));
  }

  #end(): void {
    this.#settled = true;
    this.#options.deadlines.forget(this);
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
