import { createClient } from 'graphql-ws';
import { WebSocket } from 'ws';
import type { Operation } from './operation.ts';
import { openEventStream, type EventStream } from './event-stream.ts';

/** A client of one user: GraphQL over HTTP and over one WebSocket. */
export interface GraphClient {
  /** @throws {GraphRequestError} when the response has errors */
  request<Data, Variables>(operation: Operation<Data, Variables>, variables: Variables): Promise<Data>;
  subscribe<Data, Variables>(operation: Operation<Data, Variables>, variables: Variables): EventStream<Data>;
  close(): Promise<void>;
}

/** A response with errors, or without data. */
export class GraphRequestError extends Error {
  override readonly name = 'GraphRequestError';
  /** `extensions.code` of each error. */
  readonly codes: readonly string[];

  constructor(operationName: string, errors: readonly GraphError[], options?: ErrorOptions) {
    super(`${operationName}: ${errors.map(({ message }) => message).join('; ')}`, options);
    this.codes = errors.map(({ extensions }) => String(extensions?.['code'] ?? ''));
  }
}

interface GraphError {
  message: string;
  extensions?: Record<string, unknown>;
}

export interface GraphClientOptions {
  /** The URL for HTTP and WebSocket. */
  endpoint: string;
  accessToken?: string;
  clientName?: string;
  /** Sent with each request, besides those of the client. */
  headers?: Readonly<Record<string, string>>;
}

/** Makes a client of the public endpoint. The socket is opened by the first subscription. */
export function graphClient(options: GraphClientOptions): GraphClient {
  const { endpoint, accessToken, clientName = 'marquee-demo', headers: others = {} } = options;
  const credentials: Record<string, string> =
    accessToken === undefined ? {} : { Authorization: `Bearer ${accessToken}` };
  const identity = { 'apollographql-client-name': clientName, 'apollographql-client-version': '1' };
  const socket = createClient({
    url: endpoint.replace(/^http/, 'ws'),
    webSocketImpl: WebSocket,
    connectionParams: { ...credentials, ...identity },
    retryAttempts: 0,
  });
  return {
    request: async ({ name, document }, variables) => {
      const headers = { ...others, 'content-type': 'application/json', ...credentials, ...identity };
      const body = JSON.stringify({ query: document, operationName: name, variables });
      const response = await fetch(endpoint, { method: 'POST', headers, body });
      const { data, errors } = (await response.json()) as { data?: never; errors?: GraphError[] };
      if (errors !== undefined || !data)
        throw new GraphRequestError(name, errors ?? [{ message: `HTTP ${response.status}` }]);
      return data;
    },
    subscribe: ({ name, document }, variables) =>
      openEventStream(name, socket, {
        query: document,
        operationName: name,
        variables: variables as Record<string, unknown>,
      }),
    close: async () => {
      await socket.dispose();
    },
  };
}
