import { FORWARDED_BY_HEADER, type SignServiceCall } from '@marquee/identity';
import type { Trace } from '@marquee/telemetry';
import { createClient, type Client } from 'graphql-ws';
import { WebSocket } from 'ws';
import type { OperationContext } from '../request/operation-context.ts';
import { PushedEvents } from './pushed-events.ts';
import { type SubgraphRequest, type SubgraphResponse, SubgraphUnavailableError } from './subgraph-transport.ts';

/** Ping interval; a connection without a pong for this long is terminated, ms. */
const KEEP_ALIVE_MS = 10_000;

export interface WebsocketUpstream {
  /**
   * The events of one subscription. The stream throws SubgraphUnavailableError when the connection is lost. Its reader
   * reconnects, because it has to report the gap.
   */
  subscribe(request: SubgraphRequest, context: OperationContext): Promise<AsyncGenerator<SubgraphResponse>>;
  close(): Promise<void>;
}

/** A connection for one access token, opened by its first stream and closed after its last. */
interface Connection {
  readonly client: Client;
  readonly streams: Set<PushedEvents<SubgraphResponse>>;
  isOpen: boolean;
  /** Forgets a closed connection without streams. */
  removeIfUnused(): void;
}

/** Subscriptions to a subgraph over one WebSocket for each access token. */
export function websocketUpstream(subgraph: string, url: string, forwardedBy?: SignServiceCall): WebsocketUpstream {
  const connections = new Map<string, Connection>();

  const connectionFor = (authorization: string): Connection => {
    const known = connections.get(authorization);
    if (known) return known;
    const connection: Connection = {
      client: connect(url, async () => ({
        ...(authorization !== '' && { Authorization: authorization }),
        ...(forwardedBy && { [FORWARDED_BY_HEADER]: await forwardedBy(subgraph) }),
      })),
      streams: new Set(),
      isOpen: false,
      // A stream that started while the connection was closing opens it again, so it is kept.
      removeIfUnused: () => {
        if (!connection.isOpen && connection.streams.size === 0) connections.delete(authorization);
      },
    };
    connection.client.on('connected', () => {
      connection.isOpen = true;
    });
    connection.client.on('closed', () => {
      connection.isOpen = false;
      connection.removeIfUnused();
    });
    connections.set(authorization, connection);
    return connection;
  };

  return {
    subscribe: async (request, { identity, trace }) => {
      const connection = connectionFor(identity.authorization ?? '');
      const { client, streams } = connection;
      const stream = streamEvents(subgraph, client, { request, trace }, () => {
        streams.delete(stream);
        connection.removeIfUnused();
      });
      streams.add(stream);
      if (!connection.isOpen) await waitUntilOpen(subgraph, client);
      return stream;
    },
    close: async () => {
      const all = [...connections.values()];
      // An error instead of a normal end, so that readers reconnect, perhaps at a new URL.
      for (const { streams } of all) {
        for (const stream of streams) stream.finish({ error: new SubgraphUnavailableError(subgraph) });
      }
      await Promise.all(all.map(({ client }) => client.dispose()));
    },
  };
}

/** @throws {SubgraphUnavailableError} when the connection fails */
function waitUntilOpen(subgraph: string, client: Client): Promise<void> {
  return new Promise((resolve, reject) => {
    const once = (settle: () => void) => () => {
      for (const stop of listening) stop();
      settle();
    };
    const listening = [
      client.on('connected', once(resolve)),
      client.on(
        'closed',
        once(() => reject(new SubgraphUnavailableError(subgraph))),
      ),
    ];
  });
}

function connect(url: string, connectionParams: () => Promise<Record<string, string>>): Client {
  let silence: NodeJS.Timeout | undefined;
  const client = createClient({
    url,
    webSocketImpl: WebSocket,
    retryAttempts: 0,
    keepAlive: KEEP_ALIVE_MS,
    connectionAckWaitTimeout: KEEP_ALIVE_MS,
    connectionParams,
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

function streamEvents(
  subgraph: string,
  client: Client,
  { request, trace }: { request: SubgraphRequest; trace: Trace },
  onEnd: () => void,
): PushedEvents<SubgraphResponse> {
  const payload = {
    query: request.query,
    variables: request.variables,
    ...(request.operationName === undefined ? {} : { operationName: request.operationName }),
    extensions: { traceparent: trace.traceparent, resume: request.resume },
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
      // An `error` message of the protocol: the subgraph rejected the operation.
      stream.push({ errors: cause });
      end();
    },
    complete: () => end(),
  });
  return stream;
}
