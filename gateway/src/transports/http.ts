import type { SubgraphTransport } from './subgraph-transport.ts';
import { Deadlines } from './deadlines.ts';
import { HttpCall } from './http-call.ts';
import { HttpPool } from './http-pool.ts';
import { HttpRequestFormat } from './http-request-format.ts';
import { websocketUpstream } from './websocket-upstream.ts';

export interface HttpTransportOptions {
  /** Where the subgraph answers GraphQL over HTTP, and graphql-transport-ws on the same path. */
  readonly url: string;
  readonly connections?: number;
  /** How long a request without its own deadline may take, ms. */
  readonly timeoutMs?: number;
  readonly maxResponseBytes?: number;
  readonly now?: () => number;
}

/** Talks to a subgraph in another process: HTTP for queries and mutations, a WebSocket for subscriptions. */
export function httpTransport(
  subgraph: string,
  { url, connections = 64, timeoutMs = 30_000, maxResponseBytes = 16 << 20, now = Date.now }: HttpTransportOptions,
): SubgraphTransport {
  const parsedUrl = new URL(url);
  const pool = new HttpPool(parsedUrl, { connections, maxResponseBytes, now });
  const deadlines = new Deadlines(now);
  const upstream = websocketUpstream(subgraph, url.replace(/^http/, 'ws'));
  const target = { subgraph, pool, format: new HttpRequestFormat(parsedUrl), deadlines, now };

  return {
    execute: (request) =>
      new Promise((resolve, reject) => {
        const deadline = request.deadline ?? now() + timeoutMs;
        const call = new HttpCall(target, request, { deadline, resolve, reject });
        const { signal } = request;
        if (signal?.aborted) return call.cancel(signal.reason);
        signal?.addEventListener('abort', () => call.cancel(signal.reason), { once: true });
        call.start();
      }),

    subscribe: (request) => upstream.subscribe(request),

    close: async () => {
      deadlines.stop();
      pool.close();
      await upstream.close();
    },
  };
}
