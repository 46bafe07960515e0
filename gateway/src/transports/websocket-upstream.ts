import type { Trace } from '@marquee/telemetry';
import { createClient, type Client } from 'graphql-ws';
import { WebSocket } from 'ws';
import type { OperationContext } from '../request/operation-context.ts';
import { PushedEvents } from './pushed-events.ts';
import { type SubgraphRequest, type SubgraphResponse, SubgraphUnavailableError } from './subgraph-transport.ts';

/** A connection that stays silent for two of these is given up, ms. */
const KEEP_ALIVE_MS = 10_000;

export interface WebsocketUpstream {
  /**
   * The events of one subscription. The stream throws SubgraphUnavailableError when the connection is lost: whoever
   * reads decides about a new one, because only it knows that events may be missing.
   */
  subscribe(request: SubgraphRequest, context: OperationContext): Promise<AsyncGenerator<SubgraphResponse>>;
  close(): Promise<void>;
}

/** A connection for one access token; it opens with the first of its streams and closes after the last. */
interface Connection {
  readonly client: Client;
  readonly streams: Set<PushedEvents<SubgraphResponse>>;
  isOpen: boolean;
  /** Called when it may not be of use any more. */
  forget(): void;
}

/** One WebSocket to the subgraph for each access token, shared by all subscriptions made with that token. */
export function websocketUpstream(subgraph: string, url: string): WebsocketUpstream {
  const connections = new Map<string, Connection>();

  const connectionFor = (authorization: string): Connection => {
    const known = connections.get(authorization);
    if (known) return known;
    const connection: Connection = {
      client: connect(url, authorization),
      streams: new Set(),
      isOpen: false,
      // Not when it closes: a stream that began meanwhile opens it again.
      forget: () => {
        if (!connection.isOpen && connection.streams.size === 0) connections.delete(authorization);
      },
    };
    connection.client.on('connected', () => {
      connection.isOpen = true;
    });
    connection.client.on('closed', () => {
      connection.isOpen = false;
      connection.forget();
    });
    connections.set(authorization, connection);
    return connection;
  };

  return {
    subscribe: async (request, { identity, trace }) => {
      const connection = connectionFor(identity.authorization ?? '');
      const { client, streams } = connection;
      const stream = events(subgraph, client, { request, trace }, () => {
        streams.delete(stream);
        connection.forget();
      });
      streams.add(stream);
      if (!connection.isOpen) await opening(subgraph, client);
      return stream;
    },
    close: async () => {
      const all = [...connections.values()];
      // Lost, not ended: who still reads may find the subgraph elsewhere.
      for (const { streams } of all) {
        for (const stream of streams) stream.finish({ error: new SubgraphUnavailableError(subgraph) });
      }
      await Promise.all(all.map(({ client }) => client.dispose()));
    },
  };
}

/** @throws {SubgraphUnavailableError} when it does not open. */
function opening(subgraph: string, client: Client): Promise<void> {
  return new Promise((resolve, reject) => {
    const settle = (how: () => void) => () => {
      for (const stop of listening) stop();
      how();
    };
    const listening = [
      client.on('connected', settle(resolve)),
      client.on(
        'closed',
        settle(() => reject(new SubgraphUnavailableError(subgraph))),
      ),
    ];
  });
}

function connect(url: string, authorization: string): Client {
  let silence: NodeJS.Timeout | undefined;
  const client = createClient({
    url,
    webSocketImpl: WebSocket,
    retryAttempts: 0,
    keepAlive: KEEP_ALIVE_MS,
    connectionAckWaitTimeout: KEEP_ALIVE_MS,
    ...(authorization === '' ? {} : { connectionParams: { Authorization: authorization } }),
    on: {
      ping: (received) => {
        if (!received) silence = setTimeout(() => client.terminate(), KEEP_ALIVE_MS).unref();
      },
      pong: (received) => {
        if (received) clearTimeout(silence);
      },
      closed: () => clearTimeout(silence),
    },
  });
  return client;
}

function events(
  subgraph: string,
  client: Client,
  { request, trace }: { request: SubgraphRequest; trace: Trace },
  onEnd: () => void,
): PushedEvents<SubgraphResponse> {
  const payload = {
    query: request.query,
    variables: request.variables,
    ...(request.operationName === undefined ? {} : { operationName: request.operationName }),
    extensions: { traceparent: trace.traceparent },
  };
  const end = (how?: { error: unknown }) => {
    stream.finish(how);
    onEnd();
  };
  const stream: PushedEvents<SubgraphResponse> = new PushedEvents(() => {
    unsubscribe();
    onEnd();
  });
  const unsubscribe = client.subscribe<Record<string, unknown>>(payload, {
    next: (event) => stream.push(event as SubgraphResponse),
    error: (cause) => {
      if (!Array.isArray(cause)) return end({ error: new SubgraphUnavailableError(subgraph, { cause }) });
      // The protocol's `error` message: the subgraph refused the operation itself.
      stream.push({ errors: cause });
      end();
    },
    complete: () => end(),
  });
  return stream;
}
