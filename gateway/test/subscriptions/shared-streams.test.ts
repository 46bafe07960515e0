import { eventually } from '@marquee/testkit';
import { createClient } from 'graphql-sse';
import { expect, onTestFinished, test } from 'vitest';
import { type GatewayUnderTest, newKeys, send, startGateway } from '../server/gateway-under-test.ts';

const SEAT_MAP = 'subscription { seatMapChanged(showId: "s1") { version } }';
const STATUS = 'subscription { bookingStatusChanged(id: "b-ann") { booking { status } } }';
const COUNTDOWN = 'subscription { countdown(from: 1) }';

function sseClient({ url }: GatewayUnderTest, headers: Record<string, string> = {}) {
  const client = createClient({ url, singleConnection: true, headers: () => ({ ...headers }), retryAttempts: 0 });
  onTestFinished(() => client.dispose());
  const subscribe = (query: string) => {
    const results: unknown[] = [];
    const ends: unknown[] = [];
    const stop = client.subscribe(
      { query },
      {
        next: (result) => results.push(result),
        error: (error) => ends.push(error),
        complete: () => ends.push('complete'),
      },
    );
    return { results, ends, stop };
  };
  return { client, subscribe };
}

interface Stream {
  readonly token: string;
  text(): string;
  start(body: object, headers?: Record<string, string>): ReturnType<typeof send>;
  stop(operationId: string, headers?: Record<string, string>): ReturnType<typeof send>;
  close(): void;
}

async function reserve({ url }: GatewayUnderTest, headers: Record<string, string> = {}): Promise<string> {
  const { status, text } = await send(url, { method: 'PUT', headers });
  expect(status).toBe(201);
  return text;
}

/** A stream without a client library. */
async function open(under: GatewayUnderTest, headers: Record<string, string> = {}): Promise<Stream> {
  const token = await reserve(under, headers);
  const abort = new AbortController();
  onTestFinished(() => abort.abort());
  const accept = 'text/event-stream';
  const response = await fetch(`${under.url}?token=${token}`, { headers: { accept }, signal: abort.signal });
  expect(response.status).toBe(200);
  let text = '';
  const read = async () => {
    for await (const chunk of response.body ?? []) text += Buffer.from(chunk as Uint8Array).toString();
  };
  void read().catch(() => {});
  const sent = { 'x-graphql-event-stream-token': token, ...headers };
  return {
    token,
    text: () => text,
    start: (body, more) => start(under, body, { ...sent, ...more }),
    stop: (operationId, more) =>
      send(`${under.url}?operationId=${operationId}`, { method: 'DELETE', headers: { ...sent, ...more } }),
    close: () => abort.abort(),
  };
}

function start({ url }: GatewayUnderTest, body: object, headers: Record<string, string>) {
  const json = { 'content-type': 'application/json', ...headers };
  return send(url, { method: 'POST', headers: json, body: JSON.stringify(body) });
}

const operation = (operationId: unknown, query = SEAT_MAP) => ({ query, extensions: { operationId } });
const codeOf = ({ body }: Awaited<ReturnType<typeof send>>) => body.errors?.[0]?.extensions['code'];
const metricsOf = async ({ gateway }: GatewayUnderTest) => await gateway.metrics.metrics();

test('graphql-sse runs many operations over one stream, and stops each', async () => {
  const under = await startGateway();
  const { subscribe } = sseClient(under, { authorization: await under.keys.sign() });
  const [seats, status] = [subscribe(SEAT_MAP), subscribe(STATUS)];
  await eventually(async () => expect(await metricsOf(under)).toContain('subscriptions{state="live"} 2'));
  expect(await metricsOf(under)).toContain('response_streams 1');
  const query = subscribe('{ shows { title } }');
  await eventually(() => expect(query.ends).toEqual(['complete']));
  expect(query.results).toEqual([{ data: { shows: [{ title: 'Hamlet' }, { title: 'Faust' }] } }]);
  under.theatre.publish('seats:s1', { version: 3, show: { id: 's1' } });
  await eventually(() => expect(seats.results).toEqual([{ data: { seatMapChanged: { version: 3 } } }]));
  expect(status.results).toEqual([]);
  seats.stop();
  await eventually(() => expect(under.theatre.log.upstreams.get('seats:s1')).toBe(0));
  expect(under.theatre.log.upstreams.get('booking:b-ann')).toBe(1);
  status.stop();
  await eventually(async () => expect(await metricsOf(under)).toContain('response_streams 0'));
});

test('graphql-sse gets the errors of an operation as its result, and keeps its stream', async () => {
  const { subscribe } = sseClient(await startGateway());
  const stays = subscribe(SEAT_MAP);
  const wrong = subscribe('subscription { nothing }');
  await eventually(() => expect(wrong.ends).toEqual(['complete']));
  expect(wrong.results).toMatchObject([{ errors: [{ extensions: { code: 'GRAPHQL_VALIDATION_FAILED' } }] }]);
  expect(stays.ends).toEqual([]);
});

test('events name their operation', async () => {
  const stream = await open(await startGateway());
  const { status, text } = await stream.start(operation('a "1"', COUNTDOWN));
  expect([status, text]).toEqual([202, '']);
  await eventually(() => expect(stream.text()).toContain('complete'));
  expect(stream.text()).toBe(
    'event: next\ndata: {"id":"a \\"1\\"","payload":{"data":{"countdown":1}}}\n\nevent: complete\ndata: {"id":"a \\"1\\""}\n\n',
  );
});

test('when its token expires an operation ends, and the stream takes others', async () => {
  let now = Date.now();
  const under = await startGateway({ now: () => now, settings: { subscriptions: { tickMs: 5 } } });
  const stream = await open(under, { authorization: await under.keys.sign({ expiresIn: 60 }) });
  await stream.start(operation('1', STATUS));
  await eventually(() => expect(under.theatre.log.upstreams.get('booking:b-ann')).toBe(1));
  now += 90_000;
  await eventually(() => expect(stream.text()).toContain('event: complete\ndata: {"id":"1"}'));
  expect(stream.text()).toContain('SUBSCRIPTION_TOKEN_EXPIRED');
  const authorization = await under.keys.sign({ expiresIn: 600 });
  expect((await stream.start(operation('1', COUNTDOWN), { authorization })).status).toBe(202);
  await eventually(() => expect(stream.text()).toContain('"countdown":1'));
});

test('a closed stream ends its operations', async () => {
  const under = await startGateway();
  const stream = await open(under);
  await stream.start(operation('1'));
  await eventually(() => expect(under.theatre.log.upstreams.get('seats:s1')).toBe(1));
  stream.close();
  await eventually(() => expect(under.theatre.log.upstreams.get('seats:s1')).toBe(0));
  await eventually(async () => expect(codeOf(await stream.start(operation('2')))).toBe('NOT_FOUND'));
});

test('a stopped operation frees its id, and stopping it twice is harmless', async () => {
  const stream = await open(await startGateway());
  expect((await stream.start(operation('1'))).status).toBe(202);
  expect(codeOf(await stream.start(operation('1')))).toBe('BAD_USER_INPUT');
  for (const _ of [1, 2]) expect((await stream.stop('1')).status).toBe(200);
  expect((await stream.start(operation('1'))).status).toBe(202);
});

test.each([undefined, '', 1, 'x'.repeat(129)])('the operationId %s is rejected', async (id) => {
  const stream = await open(await startGateway());
  const reply = await stream.start(operation(id));
  expect([reply.status, codeOf(reply)]).toEqual([400, 'BAD_USER_INPUT']);
});

test('another caller can use neither the stream nor its operations', async () => {
  const under = await startGateway();
  const stream = await open(under, { authorization: await under.keys.sign({ userId: 'ann' }) });
  await stream.start(operation('1'));
  await eventually(() => expect(under.theatre.log.upstreams.get('seats:s1')).toBe(1));
  const eve = { authorization: await under.keys.sign({ userId: 'eve' }) };
  expect((await stream.start(operation('2'), eve)).status).toBe(403);
  expect((await stream.stop('1', eve)).status).toBe(403);
  const unsigned = await start(under, operation('2'), { 'x-graphql-event-stream-token': stream.token });
  expect([unsigned.status, codeOf(unsigned)]).toEqual([403, 'FORBIDDEN']);
  expect(under.theatre.log.upstreams.get('seats:s1')).toBe(1);
});

test('a reservation is opened once, within a minute, and cannot be made up', async () => {
  let now = Date.now();
  const under = await startGateway({ now: () => now });
  const get = (token: string) => send(`${under.url}?token=${token}`, { headers: { accept: 'text/event-stream' } });
  const { token, close } = await open(under);
  expect(codeOf(await get(token))).toBe('NOT_FOUND');
  close();
  await eventually(async () => expect(await metricsOf(under)).toContain('response_streams 0'));
  expect(codeOf(await get(token))).toBe('NOT_FOUND');
  expect(codeOf(await get('made-up'))).toBe('NOT_FOUND');
  const late = await reserve(under);
  now += 61_000;
  expect(codeOf(await get(late))).toBe('NOT_FOUND');
  expect((await send(under.url, { method: 'PUT', headers: { authorization: 'Bearer no' } })).status).toBe(401);
});

test('operations on one stream are limited, and so are streams', async () => {
  const under = await startGateway({ settings: { subscriptions: { maxSubscriptionsPerSocket: 1, maxSockets: 1 } } });
  const stream = await open(under);
  await stream.start(operation('1'));
  expect(codeOf(await stream.start(operation('2')))).toBe('RATE_LIMITED');
  const token = await reserve(under);
  const second = await send(`${under.url}?token=${token}`, { headers: { accept: 'text/event-stream' } });
  expect([second.status, codeOf(second)]).toEqual([429, 'RATE_LIMITED']);
});

test('a reservation of one gateway is opened at another, and a request elsewhere is told where the stream is not', async () => {
  const keys = await newKeys();
  const shared = { identity: { jwks: () => keys.jwks }, streamSecret: 'the same at every gateway' };
  const [first, second] = [await startGateway(shared), await startGateway(shared)];
  const token = await reserve(first);
  const abort = new AbortController();
  onTestFinished(() => abort.abort());
  const accept = 'text/event-stream';
  const response = await fetch(`${second.url}?token=${token}`, { headers: { accept }, signal: abort.signal });
  expect(response.status).toBe(200);
  const headers = { 'x-graphql-event-stream-token': token };
  expect((await start(second, operation('1'), headers)).status).toBe(202);
  const elsewhere = await start(first, operation('2'), headers);
  expect([elsewhere.status, codeOf(elsewhere)]).toEqual([404, 'NOT_FOUND']);
  expect(elsewhere.body.errors?.[0]?.message).toContain('No event stream with this token is open here');
});
