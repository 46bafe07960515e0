import type { Server } from 'node:http';
import type { Log } from '@marquee/telemetry';
import { mapAsyncIterator } from '@whatwg-node/promise-helpers';
import { type ExecutionArgs, parse } from 'graphql';
import { useServer } from 'graphql-ws/use/ws';
import { WebSocketServer } from 'ws';

import type { Caller } from '../caller.ts';
import type { Subgraph, SubgraphRequest } from '../subgraph.ts';
import type { Identify } from './origin.ts';
import { executionResult } from './results.ts';

export interface SocketsOptions {
  readonly path: string;
  readonly subgraph: Subgraph;
  readonly identify: Identify;
  /** The largest message, bytes. */
  readonly maxPayload: number;
  readonly log: Log;
}

/** A peer that answers no ping within this time is gone, ms. */
const KEEP_ALIVE_MS = 10_000;

/** graphql-ws picks what to do by a document; the real one is the subgraph's to read, as over HTTP. */
const SUBSCRIPTION = parse('subscription { event }');

/**
 * Subscriptions over graphql-transport-ws, for the gateway. A credential is judged when a socket opens; the gateway
 * ends what a token that has expired or was revoked since does not carry any more, for one socket serves many clients.
 */
export function serveSockets(http: Server, options: SocketsOptions): { stop(): Promise<void> } {
  const { path, subgraph, identify, maxPayload, log } = options;
  const sockets = new WebSocketServer({ server: http, path, maxPayload });
  const server = useServer<Record<string, unknown>, { caller: Caller }>(
    {
      onConnect: async ({ connectionParams, extra }) => {
        const authorization = connectionParams?.['Authorization'];
        try {
          extra.caller = await identify(typeof authorization === 'string' ? authorization : undefined);
          return true;
        } catch (err) {
          log.warn({ err, subgraph: subgraph.name }, 'a socket was refused');
          return false;
        }
      },
      onSubscribe: ({ extra }, _id, { query, operationName, variables, extensions }): ExecutionArgs => {
        const request: SubgraphRequest = {
          query,
          operationName: operationName ?? undefined,
          variables: variables ?? undefined,
          caller: extra.caller ?? { kind: 'anonymous' },
          traceparent: typeof extensions?.['traceparent'] === 'string' ? extensions['traceparent'] : undefined,
        };
        return { schema: subgraph.schema, document: SUBSCRIPTION, contextValue: request };
      },
      subscribe: async ({ contextValue }) => {
        const answer = await subgraph.subscribe(contextValue as SubgraphRequest);
        return Symbol.asyncIterator in answer ? mapAsyncIterator(answer, executionResult) : executionResult(answer);
      },
      isProd: true,
    },
    sockets,
    KEEP_ALIVE_MS,
  );
  return { stop: async () => server.dispose() };
}
