import type { SignServiceCall } from '@marquee/identity';
import { Deadlines } from './deadlines.ts';
import { HttpCall } from './http-call.ts';
import type { HttpClient, HttpClientOptions } from './http-client.ts';
import { Http1Client } from './http1/http1-client.ts';
import type { SubgraphResponse, SubgraphTransport } from './subgraph-transport.ts';
import { undiciClient } from './undici-client.ts';
import { websocketUpstream } from './websocket-upstream.ts';
import { whileAbortable } from './while-abortable.ts';

/** `http1` is our own, faster client; `undici` is the complete one (ADR 10). */
export const HTTP_CLIENTS = ['http1', 'undici'] as const;
export type HttpClientName = (typeof HTTP_CLIENTS)[number];

const CLIENTS: Readonly<Record<HttpClientName, (url: URL, options: HttpClientOptions) => HttpClient>> = {
  http1: (url, options) => new Http1Client(url, options),
  undici: undiciClient,
};

export interface HttpTransportOptions {
  /** The subgraph's endpoint for GraphQL over HTTP and graphql-transport-ws. */
  readonly url: string;
  readonly client?: HttpClientName | undefined;
  readonly connections?: number;
  /** Timeout of a request without a deadline, ms. */
  readonly timeoutMs?: number;
  readonly maxResponseBytes?: number;
  readonly now?: () => number;
  /** Makes the gateway's own token, without which a subgraph believes neither device nor trace. */
  readonly forwardedBy?: SignServiceCall;
}

/** The transport to a subgraph in another process: HTTP for queries and mutations, WebSocket for subscriptions. */
export function httpTransport(
  subgraph: string,
  {
    url,
    client: name = 'http1',
    connections = 64,
    timeoutMs = 30_000,
    maxResponseBytes = 16 << 20,
    now = Date.now,
    forwardedBy,
  }: HttpTransportOptions,
): SubgraphTransport {
  const client = CLIENTS[name](new URL(url), { connections, maxResponseBytes, now });
  const deadlines = new Deadlines(now);
  const upstream = websocketUpstream(subgraph, url.replace(/^http/, 'ws'), forwardedBy);
  const target = { subgraph, client, deadlines, now };

  return {
    execute: (request, context) => {
      const { signal } = context;
      let call: HttpCall | undefined;
      const send = (token: string | undefined): Promise<SubgraphResponse> =>
        new Promise((resolve, reject) => {
          const deadline = context.deadline ?? now() + timeoutMs;
          call = new HttpCall(target, request, context, { deadline, forwardedBy: token, resolve, reject });
          if (signal?.aborted) call.cancel(signal.reason);
          else call.start();
        });
      const work = (): Promise<SubgraphResponse> => {
        const token = forwardedBy?.(subgraph);
        return token instanceof Promise ? token.then(send) : send(token);
      };
      return whileAbortable(signal, () => call?.cancel(signal?.reason), work);
    },

    subscribe: (request, context) => upstream.subscribe(request, context),

    close: async () => {
      deadlines.stop();
      client.close();
      await upstream.close();
    },
  };
}
