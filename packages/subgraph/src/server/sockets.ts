import type { Server } from 'node:http';
import { FORWARDED_BY_HEADER } from '@marquee/identity';
import type { Log } from '@marquee/telemetry';
import { mapAsyncIterator } from '@whatwg-node/promise-helpers';
import { type ExecutionArgs, parse } from 'graphql';
import { useServer } from 'graphql-ws/use/ws';
import { WebSocketServer } from 'ws';

import type { Resume } from '../pub-sub/feed.ts';
import type { Subgraph, SubgraphRequest } from '../subgraph.ts';
import type { Identified, Identify } from './origin.ts';
import { executionResult } from './results.ts';

export interface SocketsOptions {
  readonly path: string;
  readonly subgraph: Subgraph;
  readonly identify: Identify;
  /** Maximum message, bytes. */
  readonly maxPayload: number;
  readonly log: Log;
}

/** Ping interval; a peer that does not answer is disconnected, ms. */
const KEEP_ALIVE_MS = 10_000;

/** graphql-ws requires a parsed document to select `subscribe`; the subgraph itself parses the real one. */
const SUBSCRIPTION = parse('subscription { event }');

/**
 * Subscriptions over graphql-transport-ws, for the gateway. The credential is verified once, when a socket opens. The
 * gateway itself ends subscriptions whose token expires or is revoked, because one socket serves many clients.
 */
export function serveSockets(http: Server, options: SocketsOptions): { stop(): Promise<void> } {
  const { path, subgraph, identify, maxPayload, log } = options;
  const sockets = new WebSocketServer({ server: http, path, maxPayload });
  const server = useServer<Record<string, unknown>, Partial<Identified>>(
    {
      onConnect: async ({ connectionParams, extra }) => {
        const given = (name: string) => textIn(connectionParams, name);
        try {
          const { remoteAddress } = extra.request.socket;
          Object.assign(extra, await identify(given('Authorization'), given(FORWARDED_BY_HEADER), remoteAddress));
          return true;
        } catch (err) {
          log.warn({ err, subgraph: subgraph.name }, 'a socket was rejected');
          return false;
        }
      },
      onSubscribe: ({ extra }, _id, { query, operationName, variables, extensions }): ExecutionArgs => {
        const request: SubgraphRequest = {
          query,
          operationName: operationName ?? undefined,
          variables: variables ?? undefined,
          caller: extra.caller ?? { kind: 'anonymous' },
          traceparent: extra.isTrusted ? textIn(extensions, 'traceparent') : undefined,
          resume: resumeIn(extensions),
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

type Given = Readonly<Record<string, unknown>> | null | undefined;

function textIn(given: Given, name: string): string | undefined {
  const value = given?.[name];
  return typeof value === 'string' ? value : undefined;
}

function resumeIn(extensions: Given): Resume | undefined {
  const resume = extensions?.['resume'];
  if (typeof resume !== 'object' || resume === null) return undefined;
  return 'after' in resume && typeof resume.after === 'number' ? { after: resume.after } : {};
}
