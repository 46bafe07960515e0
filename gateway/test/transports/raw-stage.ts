import { onTestFinished } from 'vitest';
import { httpTransport, type HttpTransportOptions } from '../../src/transports/http.ts';
import type { SubgraphTransport } from '../../src/transports/subgraph-transport.ts';
import { answer, type RawConnection, RawServer } from './raw-server.ts';
import { subgraphRequest } from './request.ts';

/** What the servers of these tests answer. */
export const DATA = { data: { a: 1 } };

/** A raw server and a transport to it; both go with the test. */
export async function serve(
  onRequest: (connection: RawConnection, request: number) => void,
  options: Partial<HttpTransportOptions> = {},
) {
  const server = await RawServer.listen(onRequest);
  const transport = httpTransport('catalog', { url: server.url, ...options });
  onTestFinished(() => transport.close?.());
  return { server, transport };
}

/** Answers every request by the same text. */
export const always =
  (text: string) =>
  ({ socket }: RawConnection) =>
    void socket.write(text);

/** A server that answers when it is told to, the oldest request first. */
export async function serveHeld(options: Partial<HttpTransportOptions> = {}) {
  const held: RawConnection[] = [];
  const { server, transport } = await serve((connection) => void held.push(connection), options);
  const release = (text = answer(DATA)) => held.shift()?.socket.write(text);
  return { server, transport, held, release };
}

export const ask = (transport: SubgraphTransport, a = 0) => transport.execute(subgraphRequest({ variables: { a } }));
