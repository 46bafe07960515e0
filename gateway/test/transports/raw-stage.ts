import { onTestFinished } from 'vitest';
import { type HttpClientName, httpTransport, type HttpTransportOptions } from '../../src/transports/http.ts';
import type { SubgraphTransport } from '../../src/transports/subgraph-transport.ts';
import { answer, type RawConnection, RawServer } from './raw-server.ts';
import { subgraphRequest } from './request.ts';

/** What the servers of these tests answer. */
export const DATA = { data: { a: 1 } };

/** Raw servers and transports to them by one client; they go with the test. */
export function rawStage(client: HttpClientName) {
  const serve = async (
    onRequest: (connection: RawConnection, request: number) => void,
    options: Partial<HttpTransportOptions> = {},
  ) => {
    const server = await RawServer.listen(onRequest);
    const transport = httpTransport('catalog', { url: server.url, client, ...options });
    onTestFinished(() => transport.close?.());
    return { server, transport };
  };

  /** A server that answers when it is told to, the oldest request first. */
  const serveHeld = async (options: Partial<HttpTransportOptions> = {}) => {
    const held: RawConnection[] = [];
    const { server, transport } = await serve((connection) => void held.push(connection), options);
    const release = (text = answer(DATA)) => held.shift()?.socket.write(text);
    return { server, transport, held, release };
  };

  return { serve, serveHeld };
}

/** Answers every request by the same text. */
export const always =
  (text: string) =>
  ({ socket }: RawConnection) =>
    void socket.write(text);

export const ask = (transport: SubgraphTransport, a = 0) => transport.execute(...subgraphRequest({ variables: { a } }));
