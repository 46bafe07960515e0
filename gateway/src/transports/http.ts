import { TIMEOUT_HEADER } from '@marquee/identity';
import { Pool } from 'undici';
import type { SubgraphRequest, SubgraphTransport } from '../types.ts';
import { Deadlines } from './deadlines.ts';
import { HttpCall } from './http-call.ts';
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
  const { origin, pathname, search } = new URL(url);
  // Deadlines are watched here, so undici's own timers are off.
  const pool = new Pool(origin, { connections, pipelining: 1, headersTimeout: 0, bodyTimeout: 0 });
  const deadlines = new Deadlines(now);
  const upstream = websocketUpstream(subgraph, url.replace(/^http/, 'ws'));
  const path = pathname + search;

  return {
    execute: (request) =>
      new Promise((resolve, reject) => {
        const deadline = request.deadline ?? now() + timeoutMs;
        const call = new HttpCall({ subgraph, maxBytes: maxResponseBytes, deadline, deadlines, resolve, reject });
        if (request.signal) cancelOnAbort(call, request.signal);
        const { body } = request;
        pool.dispatch({ path, method: 'POST', headers: headersFor(request, deadline - now()), body }, call);
      }),

    subscribe: (request) => upstream.subscribe(request),

    close: async () => {
      deadlines.stop();
      await Promise.all([upstream.close(), pool.destroy()]);
    },
  };
}

function cancelOnAbort(call: HttpCall, signal: AbortSignal): void {
  if (signal.aborted) call.cancel(signal.reason);
  else signal.addEventListener('abort', () => call.cancel(signal.reason), { once: true });
}

function headersFor(request: SubgraphRequest, remainingMs: number): string[] {
  const headers = [
    'content-type',
    'application/json',
    'accept',
    'application/json',
    TIMEOUT_HEADER,
    String(Math.max(1, Math.floor(remainingMs))),
  ];
  if (request.authorization !== undefined) headers.push('authorization', request.authorization);
  if (request.traceparent !== undefined) headers.push('traceparent', request.traceparent);
  if (request.device?.address) headers.push('x-forwarded-for', request.device.address);
  if (request.device?.userAgent) headers.push('user-agent', request.device.userAgent);
  return headers;
}
