import type { ServerResponse } from 'node:http';
import type { FastifyReply, FastifyRequest } from 'fastify';
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
  readonly response: ServerResponse;
  /** Set when the client was found to be behind. */
  behind?: { readonly share: Share; readonly backlog: Backlog };
}

/**
 * Closes responses that their clients do not read, of whatever kind: plain ones, in parts, event streams.
 *
 * What is unread counts as the memory of the client's network. One timer checks all responses, so that a response that is
 * read costs nothing more.
 */
export class UnreadResponses {
  readonly #options: UnreadResponsesOptions;
  readonly #open = new Map<FastifyReply, OpenResponse>();
  readonly #timer: NodeJS.Timeout;

  constructor(options: UnreadResponsesOptions) {
    this.#options = options;
    this.#timer = setInterval(() => this.#check(), options.tickMs).unref();
  }

  add(request: FastifyRequest, reply: FastifyReply): void {
    this.#open.set(reply, { request, response: reply.raw });
  }

  delete(reply: FastifyReply): void {
    this.#open.get(reply)?.behind?.share.close();
    this.#open.delete(reply);
  }

  stop(): void {
    clearInterval(this.#timer);
  }

  #check(): void {
    const now = this.#options.now();
    for (const open of this.#open.values()) {
      const unread = open.response.writableLength;
      if (unread === 0 && open.behind === undefined) continue;
      open.behind ??= this.#begin(open.request);
      if (!open.behind.backlog.update({ unread }, now)) open.response.destroy();
    }
  }

  #begin({ ip, headers }: FastifyRequest): NonNullable<OpenResponse['behind']> {
    const { holdings, readTimeoutMs } = this.#options;
    const share = holdings.shareOf(clientAt(ip, headers['user-agent']).network);
    return { share, backlog: new Backlog(share, readTimeoutMs) };
  }
}
