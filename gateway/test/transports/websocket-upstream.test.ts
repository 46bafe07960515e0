import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

import { eventually } from '@marquee/testkit';
import { buildSchema } from 'graphql';
import { useServer } from 'graphql-ws/use/ws';
import { expect, onTestFinished, test } from 'vitest';
import { WebSocket, WebSocketServer } from 'ws';

import { websocketUpstream } from '../../src/transports/websocket-upstream.ts';
import { SubgraphUnavailableError } from '../../src/transports/subgraph-transport.ts';
import { subgraphRequest } from './request.ts';

const silent = {
  [Symbol.asyncIterator]: () => silent,
  next: () => new Promise<never>(() => {}),
  return: async () => ({ value: undefined, done: true }),
};

/** A subgraph with one subscription that never has events. */
async function subgraph() {
  const http = createServer();
  const server = new WebSocketServer({ server: http });
  useServer(
    {
      schema: buildSchema('type Query { a: Int } type Subscription { a: Int }'),
      roots: { subscription: { a: () => silent } },
    },
    server,
  );
  await new Promise<void>((resolve) => http.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => {
    for (const client of server.clients) client.terminate();
    server.close();
    http.close();
  });
  return { url: `ws://127.0.0.1:${(http.address() as AddressInfo).port}`, connections: server.clients };
}

const SUBSCRIPTION = subgraphRequest({ kind: 'subscription', query: 'subscription { a }' });

test('a stream that starts while the connection closes ends with the transport and leaves no connection', async () => {
  const { url, connections } = await subgraph();
  const upstream = websocketUpstream('booking', url);
  const first = await upstream.subscribe(...SUBSCRIPTION);
  await eventually(() => expect(connections.size).toBe(1));
  // The connection is closing now; the next subscription opens it again.
  await first.return(undefined);
  await new Promise((resolve) => setImmediate(resolve));
  const last = await upstream.subscribe(...SUBSCRIPTION);
  await eventually(() => expect([...connections].map(({ readyState }) => readyState)).toEqual([WebSocket.OPEN]));
  const lost = last.next().catch((error: unknown) => error);
  await upstream.close();
  expect(await lost).toBeInstanceOf(SubgraphUnavailableError);
  await eventually(() => expect(connections.size).toBe(0));
});

test('an unreachable subgraph fails the subscription, a lost one fails its stream', async () => {
  const { url, connections } = await subgraph();
  const upstream = websocketUpstream('booking', url);
  const stream = await upstream.subscribe(...SUBSCRIPTION);
  const lost = stream.next().catch((error: unknown) => error);
  await eventually(() => expect(connections.size).toBe(1));
  for (const connection of connections) connection.terminate();
  expect(await lost).toBeInstanceOf(SubgraphUnavailableError);
  await upstream.close();
  const nowhere = websocketUpstream('booking', 'ws://127.0.0.1:1');
  await expect(nowhere.subscribe(...SUBSCRIPTION)).rejects.toBeInstanceOf(SubgraphUnavailableError);
});
