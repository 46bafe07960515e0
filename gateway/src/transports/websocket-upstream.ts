import { createClient, type Client } from 'graphql-ws';
import { WebSocket } from 'ws';
import { PushedEvents } from './pushed-events.ts';
import { type SubgraphRequest, type SubgraphResponse, SubgraphUnavailableError } from '../types.ts';

/** A connection that stays silent for two of these is given up, ms. */
const KEEP_ALIVE_MS = 10_000;

export interface WebsocketUpstream {
  /**
   * The events of one subscription. The stream throws SubgraphUnavailableError when the connection is lost: whoever
   * reads decides about a new one, because only it knows that events may be missing.
   */
  subscribe(request: SubgraphRequest): Promise<AsyncGenerator<SubgraphResponse>>;
  close(): Promise<void>;
}

/** One WebSocket to the subgraph for each access token, shared by all subscriptions made with that token. */
export function websocketUpstream(subgraph: string, url: string): WebsocketUpstream {
  const clients = new Map<string, Client>();
  const streams = new Set<PushedEvents<SubgraphResponse>>();

  const clientFor = (authorization: string): Client => {
    const known = clients.get(authorization);
    if (known) return known;
    const client = connect(url, authorization);
    client.on('closed', () => clients.delete(authorization));
    clients.set(authorization, client);
    return client;
  };

  return {
    subscribe: async (request) => {
      const stream = events(subgraph, clientFor(request.authorization ?? ''), request, () => streams.delete(stream));
      streams.add(stream);
      return stream;
    },
    close: async () => {
      // Lost, not ended: who still reads may find the subgraph elsewhere.
      for (const stream of streams) stream.finish({ error: new SubgraphUnavailableError(subgraph) });
      await Promise.all([...clients.values()].map((client) => client.dispose()));
    },
  };
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
  request: SubgraphRequest,
  onEnd: () => void,
): PushedEvents<SubgraphResponse> {
  const payload = {
    query: request.query,
    variables: request.variables,
    ...(request.operationName === undefined ? {} : { operationName: request.operationName }),
    ...(request.traceparent === undefined ? {} : { extensions: { traceparent: request.traceparent } }),
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
