import { getEventListeners } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { eventually } from '@marquee/testkit';
import { GraphQLInt, GraphQLObjectType, GraphQLSchema } from 'graphql';
import { useServer } from 'graphql-ws/use/ws';
import { describe, expect, onTestFinished, test } from 'vitest';
import { WebSocketServer } from 'ws';
import { HTTP_CLIENTS, httpTransport, type HttpTransportOptions } from '../../src/transports/http.ts';
import { PushedEvents } from '../../src/transports/pushed-events.ts';
import { subgraphRequest, user } from './request.ts';
type Handler = (request: IncomingMessage & { body: string }, response: ServerResponse) => void;

async function serveHttp(handler: Handler, options: Partial<HttpTransportOptions> = {}) {
  const server = createServer((request, response) => {
    let body = '';
    request.on('data', (chunk: Buffer) => (body += chunk.toString()));
    request.on('end', () => handler(Object.assign(request, { body }), response));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/graphql`;
  const transport = httpTransport('catalog', { url, ...options });
  onTestFinished(async () => {
    await transport.close?.();
    server.closeAllConnections();
    server.close();
  });
  return { transport, server, url };
}

const json = (response: ServerResponse, body: unknown, status = 200) =>
  response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));

describe.each(HTTP_CLIENTS)('%s', (client) => {
  const serve = (handler: Handler, options: Partial<HttpTransportOptions> = {}) =>
    serveHttp(handler, { client, ...options });

  test('a request carries the query, its variables, the token, the trace and the remaining time', async () => {
    const seen: { headers: IncomingMessage['headers']; body: string }[] = [];
    const { transport } = await serve(({ headers, body }, response) => {
      seen.push({ headers, body });
      json(response, { data: { a: 1 } });
    });
    const [request, context] = subgraphRequest({
      query: 'query ($id: ID!) { a(id: $id) }',
      variables: { id: 'é' },
      client: { address: '10.0.0.9', userAgent: 'phone' },
      deadline: Date.now() + 5_000,
      identity: { caller: user('s1'), authorization: 'Bearer t' },
    });
    const { signal } = new AbortController();
    expect(await transport.execute(request, { ...context, signal })).toEqual({ data: { a: 1 } });
    expect(getEventListeners(signal, 'abort')).toEqual([]);
    expect(seen[0]?.body).toBe(request.body);
    expect(seen[0]?.headers).toMatchObject({
      authorization: 'Bearer t',
      traceparent: context.trace.traceparent,
      'x-forwarded-for': '10.0.0.9',
      'user-agent': 'phone',
    });
    const left = Number(seen[0]?.headers['marquee-timeout-ms']);
    expect(left).toBeGreaterThan(4_000);
    expect(left).toBeLessThanOrEqual(5_000);
  });

  test('a response in several pieces is complete', async () => {
    const { transport } = await serve((_request, response) => {
      const [first, second] = [
        Buffer.from('{"data":{"a":"é"}}').subarray(0, 14),
        Buffer.from('{"data":{"a":"é"}}').subarray(14),
      ];
      response.write(first, () => setImmediate(() => response.end(second)));
    });
    expect(await transport.execute(...subgraphRequest())).toEqual({ data: { a: 'é' } });
  });

  test('GraphQL errors are a response, whatever the status', async () => {
    const { transport } = await serve((_request, response) => json(response, { errors: [{ message: 'no' }] }, 400));
    expect(await transport.execute(...subgraphRequest())).toEqual({ errors: [{ message: 'no' }] });
  });

  test.each([
    ['status', 503, '<html>busy</html>'],
    ['response', 200, '<html>hello</html>'],
    ['response', 200, '[]'],
    ['response', 500, '{"message":"no GraphQL"}'],
  ])('anything but a GraphQL response is an unavailable subgraph (%s)', async (reason, status, body) => {
    const { transport } = await serve((_request, response) => response.writeHead(status).end(body));
    await expect(transport.execute(...subgraphRequest())).rejects.toMatchObject({ subgraph: 'catalog', reason });
  });

  test('a response above the size limit is rejected before it is read to its end', async () => {
    const { transport } = await serve((_request, response) => json(response, { data: { a: 'x'.repeat(10_000) } }), {
      maxResponseBytes: 1_000,
    });
    await expect(transport.execute(...subgraphRequest())).rejects.toMatchObject({ reason: 'response' });
  });

  test('a missed deadline is an unavailable subgraph, and the request is cancelled', async () => {
    const closed: boolean[] = [];
    const { transport } = await serve((_request, response) => void response.on('close', () => closed.push(true)));
    await expect(transport.execute(...subgraphRequest({ deadline: Date.now() + 20 }))).rejects.toMatchObject({
      reason: 'timeout',
    });
    await eventually(() => expect(closed).toEqual([true]));
  });

  test('a broken or refused connection is an unreachable subgraph', async () => {
    const { transport, server } = await serve((request) => request.socket.destroy());
    await expect(transport.execute(...subgraphRequest())).rejects.toMatchObject({ reason: 'unreachable' });
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
    await expect(transport.execute(...subgraphRequest())).rejects.toMatchObject({ reason: 'unreachable' });
  });

  test('an aborted signal cancels the request', async () => {
    const abort = new AbortController();
    const { transport } = await serve(() => abort.abort());
    await expect(transport.execute(...subgraphRequest({ signal: abort.signal }))).rejects.toMatchObject({
      reason: 'cancelled',
    });
  });
});

test('subscriptions share one WebSocket per token, which closes with the last one', async () => {
  const { transport, sockets, publish, initialised, live } = await serveSubscriptions();
  const identity = { caller: user('s1'), authorization: 'Bearer a' };
  const first = await transport.subscribe(
    ...subgraphRequest({ kind: 'subscription', query: 'subscription { ticks }', identity }),
  );
  const second = await transport.subscribe(
    ...subgraphRequest({ kind: 'subscription', query: 'subscription { ticks }', identity }),
  );
  await eventually(() => expect(live()).toBe(2));
  expect([sockets.clients.size, initialised]).toEqual([1, [{ Authorization: 'Bearer a' }]]);
  publish(7);
  const tick = { done: false, value: { data: { ticks: 7 } } };
  expect([await first.next(), await second.next()]).toEqual([tick, tick]);
  await first.return(undefined);
  await second.return(undefined);
  await eventually(() => expect(live()).toBe(0));
  await eventually(() => expect(sockets.clients.size).toBe(0));
});

test('a rejected subscription is a stream of its errors', async () => {
  const { transport } = await serveSubscriptions();
  const stream = await transport.subscribe(
    ...subgraphRequest({ kind: 'subscription', query: 'subscription { nothing }' }),
  );
  expect((await stream.next()).value).toMatchObject({ errors: [{ message: expect.stringContaining('nothing') }] });
  expect((await stream.next()).done).toBe(true);
});

test('a lost WebSocket breaks its streams', async () => {
  const { transport, sockets, live } = await serveSubscriptions();
  const stream = await transport.subscribe(
    ...subgraphRequest({ kind: 'subscription', query: 'subscription { ticks }' }),
  );
  await eventually(() => expect(live()).toBe(1));
  for (const socket of sockets.clients) socket.terminate();
  await expect(stream.next()).rejects.toMatchObject({ subgraph: 'catalog' });
});

async function serveSubscriptions() {
  const { transport, server } = await serveHttp((_request, response) => json(response, { data: null }));
  const sockets = new WebSocketServer({ server, path: '/graphql' });
  const streams = new Set<PushedEvents<number>>();
  const initialised: unknown[] = [];
  const subscribe = () => {
    const stream: PushedEvents<number> = new PushedEvents(() => streams.delete(stream));
    streams.add(stream);
    return stream;
  };
  const ticks = { type: GraphQLInt, subscribe, resolve: (tick: unknown) => tick };
  const schema = new GraphQLSchema({
    query: new GraphQLObjectType({ name: 'Query', fields: { a: { type: GraphQLInt } } }),
    subscription: new GraphQLObjectType({ name: 'Subscription', fields: { ticks } }),
  });
  useServer({ schema, onConnect: ({ connectionParams }) => void initialised.push(connectionParams) }, sockets);
  onTestFinished(() => void sockets.close());
  const publish = (tick: number) => streams.forEach((stream) => stream.push(tick));
  return { transport, sockets, initialised, publish, live: () => streams.size };
}
