import { onTestFinished } from 'vitest';
import { type HttpClientName, httpTransport, type HttpTransportOptions } from '../../src/transports/http.ts';
import type { SubgraphTransport } from '../../src/transports/subgraph-transport.ts';
import { answer, type RawConnection, RawServer } from './raw-server.ts';
import { subgraphRequest } from './request.ts';

/** The response of these servers. */
export const DATA = { data: { a: 1 } };

/** Raw servers, and transports to them with one HTTP client; closed after the test. */
export function rawServers(client: HttpClientName) {
  const serve = async (
    onRequest: (connection: RawConnection, request: number) => void,
    options: Partial<HttpTransportOptions> = {},
  ) => {
    const server = await RawServer.listen(onRequest);
    const transport = httpTransport('catalog', { url: server.url, client, ...options });
    onTestFinished(() => transport.close?.());
    return { server, transport };
  };

  /** A server that responds when released, oldest request first. */
  const serveHeld = async (options: Partial<HttpTransportOptions> = {}) => {
    const held: RawConnection[] = [];
    const { server, transport } = await serve((connection) => void held.push(connection), options);
    const release = (text = answer(DATA)) => held.shift()?.socket.write(text);
    return { server, transport, held, release };
  };

  return { serve, serveHeld };
}

/** Sends the same text for every request. */
export const always =
  (text: string) =>
  ({ socket }: RawConnection) =>
    void socket.write(text);

export const ask = (transport: SubgraphTransport, a = 0) => transport.execute(...subgraphRequest({ variables: { a } }));
