import { createServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { expect, onTestFinished, test, vi } from 'vitest';
import { HTTP_CLIENTS, type HttpClientName, httpTransport } from '../../src/transports/http.ts';
import { subgraphRequest } from './request.ts';
import { CERTIFICATE, KEY } from './tls-certificate.ts';

const DATA = { data: { a: 'é'.repeat(100_000) } };

async function serveTls() {
  const sockets = new Set<unknown>();
  const server = createServer({ key: KEY, cert: CERTIFICATE }, (request, response) => {
    sockets.add(request.socket);
    request.resume().on('end', () => response.end(JSON.stringify(DATA)));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  const connect = (host: string, client: HttpClientName) => {
    const url = `https://${host}:${(server.address() as AddressInfo).port}/graphql`;
    const transport = httpTransport('catalog', { url, client });
    onTestFinished(() => transport.close?.());
    return transport;
  };
  return { connect, sockets };
}

test.each(HTTP_CLIENTS.flatMap((client) => ['localhost', '127.0.0.1'].map((host) => [client, host] as const)))(
  '%s: a subgraph answers over TLS (%s)',
  async (client, host) => {
    const { connect, sockets } = await serveTls();
    vi.stubEnv('NODE_TLS_REJECT_UNAUTHORIZED', '0');
    onTestFinished(() => void vi.unstubAllEnvs());
    const transport = connect(host, client);
    for (let request = 0; request < 3; request++) expect(await transport.execute(...subgraphRequest())).toEqual(DATA);
    expect(sockets.size).toBeLessThan(3);
  },
);

test.each(HTTP_CLIENTS)('%s: a subgraph with a self-signed certificate is unreachable', async (client) => {
  const { connect } = await serveTls();
  await expect(connect('localhost', client).execute(...subgraphRequest())).rejects.toMatchObject({
    reason: 'unreachable',
    cause: { code: 'DEPTH_ZERO_SELF_SIGNED_CERT' },
  });
});
