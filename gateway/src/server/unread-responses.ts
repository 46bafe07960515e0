import type { ServerResponse } from 'node:http';
import type { FastifyRequest } from 'fastify';
import { Backlog } from '../protection/holdings/backlog.ts';
import type { Holdings } from '../protection/holdings/holdings.ts';
import type { Share } from '../protection/holdings/share.ts';
import { clientAt } from '../request/client.ts';

export interface UnreadResponsesOptions {
  readonly holdings: Holdings;
  /** Time within which a client has to read everything it was sent, ms. */
  readonly readTimeoutMs: number;
  /** Interval at which responses are checked, ms. */
  readonly tickMs: number;
  readonly now: () => number;
}

interface OpenResponse {
  readonly request: FastifyRequest;
  /** Set when the client was found to be behind. */
  behind?: { readonly share: Share; readonly backlog: Backlog };
}

/**
 * Closes responses that their clients do not read, of whatever kind: plain ones, in parts, event streams.
 *
 * Unread data counts as the memory of the client's network. One timer checks all responses, so that a response that is
 * read costs nothing more.
 */
export class UnreadResponses {
  readonly #options: UnreadResponsesOptions;
  readonly #open = new Map<ServerResponse, OpenResponse>();
  readonly #timer: NodeJS.Timeout;

  constructor(options: UnreadResponsesOptions) {
    this.#options = options;
    this.#timer = setInterval(() => this.#check(), options.tickMs).unref();
  }

  /** Responses that are not complete. */
  get size(): number {
    return this.#open.size;
  }

  add(request: FastifyRequest, response: ServerResponse): void {
    const open: OpenResponse = { request };
    this.#open.set(response, open);
    // Also of a client that leaves, before or after it was answered.
    response.once('close', () => {
      open.behind?.share.close();
      this.#open.delete(response);
    });
  }

  stop(): void {
    clearInterval(this.#timer);
  }

  #check(): void {
    const now = this.#options.now();
    for (const [response, open] of this.#open) {
      const unread = response.writableLength;
      if (unread === 0 && open.behind === undefined) continue;
      open.behind ??= this.#begin(open.request);
      if (!open.behind.backlog.update({ unread }, now)) response.destroy();
    }
  }

  #begin({ ip, headers }: FastifyRequest): NonNullable<OpenResponse['behind']> {
    const { holdings, readTimeoutMs } = this.#options;
    const share = holdings.shareOf(clientAt(ip, headers['user-agent']).network);
    return { share, backlog: new Backlog(share, readTimeoutMs) };
  }
}
