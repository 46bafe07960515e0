import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { eventually } from '@marquee/testkit';
import { expect, onTestFinished, test } from 'vitest';
import { type GatewayUnderTest, send, startGateway } from './gateway-under-test.ts';
import type { SubscriptionSettings } from '../../src/subscriptions/settings.ts';

/** More than the kernel takes for a client that does not read. */
const LARGE = 32 << 20;
const TITLE = 'x'.repeat(10_000);
const SEAT_MAP = 'subscription { seatMapChanged(showId: "s1") { version show { title } } }';

async function startWith(subscriptions: Partial<SubscriptionSettings>): Promise<GatewayUnderTest> {
  const under = await startGateway({
    settings: {
      ...{ rateLimits: false, cost: false, compression: false },
      limits: { maxAliases: 1_000 },
      subscriptions: { tickMs: 5, ...subscriptions },
    },
    routes: (app) => void app.get('/large', async () => Buffer.alloc(LARGE)),
  });
  const rename = 'mutation ($id: ID!, $title: String!) { rename(id: $id, title: $title) { id } }';
  for (const id of ['s1', 's2']) await under.ask(rename, { variables: { id, title: TITLE } });
  return under;
}

/** Sends a request and reads nothing of its response. */
async function unread({ url }: GatewayUnderTest, request: string): Promise<Socket> {
  const socket = connect(Number(new URL(url).port), '127.0.0.1');
  onTestFinished(() => void socket.destroy());
  socket.on('error', () => {});
  await once(socket, 'connect');
  socket.pause();
  socket.write(request);
  return socket;
}

function post(query: string, accept: string): string {
  const body = JSON.stringify({ query });
  return `POST /graphql HTTP/1.1\r\nhost: x\r\ncontent-type: application/json\r\naccept: ${accept}\r\ncontent-length: ${body.length}\r\n\r\n${body}`;
}

/** The size of the smallest of the unread responses. */
const SMALLEST = 2 * 600 * TITLE.length;
const TITLES = Array.from({ length: 600 }, (_, index) => `t${index}: title`).join(' ');
const QUERY = `{ shows { ${TITLES} } }`;
const DEFERRED = `{ shows { id ... @defer { ${TITLES} } } }`;

async function gauge({ gateway }: GatewayUnderTest, name: string): Promise<number> {
  const body = await gateway.metrics.metrics();
  return Number(new RegExp(`^marquee_gateway_${name} (\\d+)`, 'm').exec(body)?.[1]);
}

test.each([
  ['a plain response', 'GET /large HTTP/1.1\r\nhost: x\r\n\r\n'],
  ['a GraphQL response', post(QUERY, 'application/json')],
  ['a response in parts', post(DEFERRED, 'multipart/mixed')],
  ['a query as an event stream', post(QUERY, 'text/event-stream')],
])('%s that its client does not read is closed after the time allowed, and its memory is free', async (_, request) => {
  const under = await startWith({ readTimeoutMs: 200 });
  const socket = await unread(under, request);
  const closed = new Promise((resolve) => socket.once('close', resolve));
  await eventually(async () => expect(await gauge(under, 'held_bytes')).toBeGreaterThan(1 << 20));
  // Its bytes alone say too little: an operation's end releases them, and the response's next check counts them.
  await eventually(async () => expect(await gauge(under, 'responses')).toBe(0));
  expect(await gauge(under, 'held_bytes')).toBe(0);
  // Reading finds less than the whole, and the end.
  let received = 0;
  socket.on('data', (data) => (received += data.length));
  socket.resume();
  await closed;
  expect(received).toBeLessThan(SMALLEST);
});

test('a client that reads slower than the response is written gets all of it', async () => {
  const under = await startWith({ readTimeoutMs: 5_000 });
  const socket = await unread(under, 'GET /large HTTP/1.1\r\nhost: x\r\n\r\n');
  await eventually(async () => expect(await gauge(under, 'held_bytes')).toBeGreaterThan(1 << 20));
  let received = 0;
  socket.on('data', (data) => (received += data.length));
  socket.resume();
  await eventually(() => expect(received).toBeGreaterThan(LARGE));
  await eventually(async () => expect(await gauge(under, 'held_bytes')).toBe(0));
});

test('what a network has not read is bounded; those who read get every event meanwhile', async () => {
  const under = await startWith({ maxHeldBytesPerNetwork: 40 << 20, maxSocketsPerNetwork: 100 });
  const abort = new AbortController();
  onTestFinished(() => abort.abort());
  const reader = await fetch(under.url, {
    method: 'POST',
    headers: { 'content-type': 'application/json', accept: 'text/event-stream' },
    body: JSON.stringify({ query: SEAT_MAP }),
    signal: abort.signal,
  });
  let text = '';
  void (async () => {
    for await (const chunk of reader.body ?? []) text += Buffer.from(chunk as Uint8Array).toString();
  })().catch(() => {});
  await eventually(() => expect(under.theatre.log.upstreams.get('seats:s1')).toBe(1));
  const sockets = await Promise.all(
    Array.from({ length: 4 }, () => unread(under, 'GET /large HTTP/1.1\r\nhost: x\r\n\r\n')),
  );
  await eventually(async () => expect(await gauge(under, 'held_bytes')).toBeGreaterThan(LARGE / 2));
  await eventually(async () => expect(await gauge(under, 'held_bytes')).toBeLessThanOrEqual(40 << 20));
  under.theatre.publish('seats:s1', { version: 7, show: { id: 's2' } });
  await eventually(() => expect(text).toContain('"version":7'));
  expect((await send(`${under.url.replace('/graphql', '')}/healthz`, {})).status).toBe(200);
  for (const socket of sockets) socket.resume();
  await eventually(() => expect(sockets.filter(({ destroyed }) => destroyed).length).toBeGreaterThan(1));
});

test.each([
  ['a query', post('{ slow(ms: 100) }', 'application/json')],
  ['an event stream', post(SEAT_MAP, 'text/event-stream')],
  ['a response in parts', post(SEAT_MAP, 'multipart/mixed;subscriptionSpec=1.0')],
  ['a request that never arrives', post(SEAT_MAP, 'application/json').slice(0, -1)],
])('nothing is kept of %s whose client leaves', async (_, request) => {
  const under = await startWith({});
  const socket = await unread(under, request);
  await eventually(async () => expect(await gauge(under, 'responses')).toBe(1));
  socket.destroy();
  await eventually(async () => expect(await gauge(under, 'responses')).toBe(0));
});
