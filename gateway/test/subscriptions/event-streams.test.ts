import { request } from 'node:http';
import { eventually } from '@marquee/testkit';
import { expect, onTestFinished, test } from 'vitest';
import { type GatewayUnderTest, newKeys, send, startGateway } from '../server/gateway-under-test.ts';

const SEAT_MAP = 'subscription { seatMapChanged(showId: "s1") { version show { title } } }';
const STATUS = 'subscription { bookingStatusChanged(id: "b-ann") { booking { status } } }';

test('a subscription is a stream of next events, and shares its upstream with sockets', async () => {
  const under = await startGateway();
  const stream = await open(under, SEAT_MAP);
  const socket = under.client();
  socket.subscribe({ query: SEAT_MAP }, { next: () => {}, error: () => {}, complete: () => {} });
  await eventually(async () =>
    expect(await under.gateway.metrics.metrics()).toContain('marquee_gateway_subscriptions{state="live"} 2'),
  );
  expect(under.theatre.log.upstreams.get('seats:s1')).toBe(1);
  under.theatre.publish('seats:s1', { version: 1, show: { id: 's1' } });
  await eventually(() =>
    expect(stream.text()).toBe(
      'event: next\ndata: {"data":{"seatMapChanged":{"version":1,"show":{"title":"Hamlet"}}}}\n\n',
    ),
  );
  stream.abort();
  await socket.dispose();
  await eventually(() => expect(under.theatre.log.upstreams.get('seats:s1')).toBe(0));
});

test('a finished subscription ends with a complete event', async () => {
  const under = await startGateway();
  const stream = await open(under, 'subscription { countdown(from: 2) }');
  await stream.ended;
  expect(stream.text()).toBe(
    'event: next\ndata: {"data":{"countdown":2}}\n\nevent: next\ndata: {"data":{"countdown":1}}\n\nevent: complete\ndata:\n\n',
  );
});

test('a query and a mutation are streams of one result', async () => {
  const under = await startGateway();
  const stream = await open(under, 'mutation { addView(id: "s1") }');
  await stream.ended;
  expect(stream.text()).toBe('event: next\ndata: {"data":{"addView":1}}\n\nevent: complete\ndata:\n\n');
});

test('an EventSource sends GET, and cannot run a mutation', async () => {
  const { url } = await startGateway();
  const get = (query: string) =>
    send(`${url}?query=${encodeURIComponent(query)}&variables={"from":1}`, {
      headers: { accept: 'text/event-stream' },
    });
  expect((await get('subscription ($from: Int!) { countdown(from: $from) }')).text).toContain('{"countdown":1}');
  expect((await get('mutation { addView(id: "s1") }')).text).toContain('BAD_USER_INPUT');
});

test('an invalid token is an HTTP error, other errors are events', async () => {
  const under = await startGateway();
  const headers = { accept: 'text/event-stream', 'content-type': 'application/json' };
  const post = (query: string, more = {}) =>
    send(under.url, { method: 'POST', headers: { ...headers, ...more }, body: JSON.stringify({ query }) });
  expect((await post(STATUS, { authorization: 'Bearer no' })).status).toBe(401);
  const invalid = await post('subscription { nothing }');
  expect(invalid.status).toBe(200);
  expect(invalid.text).toContain('GRAPHQL_VALIDATION_FAILED');
  expect(invalid.text).toContain('event: complete');
});

test('when its token expires, a stream ends with SUBSCRIPTION_TOKEN_EXPIRED and completes', async () => {
  let now = Date.now();
  const under = await startGateway({ now: () => now, settings: { subscriptions: { tickMs: 5 } } });
  const stream = await open(under, STATUS, { authorization: await under.keys.sign({ expiresIn: 60 }) });
  await eventually(() => expect(under.theatre.log.upstreams.get('booking:b-ann')).toBe(1));
  now += 90_000;
  await stream.ended;
  expect(stream.text()).toContain('SUBSCRIPTION_TOKEN_EXPIRED');
  expect(stream.text()).toMatch(/event: complete\ndata:\n\n$/);
  expect(under.theatre.log.upstreams.get('booking:b-ann')).toBe(0);
});

test('a client that disconnects while its token is verified leaves no stream', async () => {
  let verify = (): void => {};
  const asked = new Promise<void>((resolve) => (verify = resolve));
  let isAsked = false;
  const keys = await newKeys();
  const jwks = async () => {
    isAsked = true;
    await asked;
    return keys.jwks;
  };
  const under = await startGateway({ identity: { jwks } });
  const headers = {
    accept: 'text/event-stream',
    'content-type': 'application/json',
    authorization: await keys.sign(),
  };
  // An aborted fetch may keep its connection for seconds.
  const client = request(under.url, { method: 'POST', headers }).on('error', () => {});
  client.end(JSON.stringify({ query: SEAT_MAP }));
  await eventually(() => expect(isAsked).toBe(true));
  client.destroy();
  const { server } = under.gateway.app;
  const connections = () => new Promise((resolve) => server.getConnections((_error, count) => resolve(count)));
  await eventually(async () => expect(await connections()).toBe(0));
  verify();
  for (let n = 0; n < 5; n++) await under.ask('{ shows { id } }');
  expect(under.theatre.log.upstreams.size).toBe(0);
  expect(await under.gateway.metrics.metrics()).toMatch(/response_streams 0$/m);
});

test.each([
  ['application/graphql-response+json, application/json, text/event-stream, multipart/mixed', 'application/graphql'],
  ['application/json, text/event-stream', 'application/json'],
  ['*/*, text/event-stream;q=0', 'application/json'],
  ['text/event-stream, */*', 'text/event-stream'],
  ['text/event-stream, multipart/mixed', 'text/event-stream'],
])('a client that accepts %s is answered with %s', async (accept, type) => {
  const { ask } = await startGateway();
  const { headers, text } = await ask('{ shows { id } }', { headers: { accept } });
  expect(headers.get('content-type')).toContain(type);
  expect(text).toContain('{"data":{"shows":[{"id":"s1"},{"id":"s2"}]}}');
});

test('comments keep an idle stream open', async () => {
  const under = await startGateway({ settings: { subscriptions: { tickMs: 5, pingEveryMs: 5 } } });
  const stream = await open(under, SEAT_MAP);
  await eventually(() => expect(stream.text()).toContain(':\n\n'));
});

test('stopping the gateway completes its streams', async () => {
  const under = await startGateway();
  const stream = await open(under, SEAT_MAP);
  await eventually(() => expect(under.theatre.log.upstreams.get('seats:s1')).toBe(1));
  await under.gateway.stop();
  await stream.ended;
  expect(stream.text()).toBe('event: complete\ndata:\n\n');
});

async function open({ url }: GatewayUnderTest, query: string, headers: Record<string, string> = {}) {
  const abort = new AbortController();
  onTestFinished(() => abort.abort());
  const response = await fetch(url, {
    method: 'POST',
    headers: { accept: 'text/event-stream', 'content-type': 'application/json', ...headers },
    body: JSON.stringify({ query }),
    signal: abort.signal,
  });
  expect(response.headers.get('content-type')).toBe('text/event-stream; charset=utf-8');
  let text = '';
  const read = async () => {
    for await (const chunk of response.body ?? []) text += Buffer.from(chunk as Uint8Array).toString();
  };
  return { text: () => text, ended: read().catch(() => {}), abort: () => abort.abort() };
}
