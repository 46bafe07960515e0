import { createHash } from 'node:crypto';

import { eventually, testRedis } from '@marquee/testkit';
import { Redis } from 'ioredis';
import { expect, onTestFinished, test } from 'vitest';
import { WebSocket } from 'ws';
import { collect, type GatewayUnderTest, startGateway } from '../server/gateway-under-test.ts';
import { theatre } from '../server/theatre.ts';
import { rawSocket } from './raw-socket.ts';

const SEAT_MAP = 'subscription { seatMapChanged(showId: "s1") { version show { title } } }';
const STATUS = 'subscription { bookingStatusChanged(id: "b-ann") { booking { status show { title } } } }';
const CONFIRMED = { booking: { id: 'b-ann', status: 'CONFIRMED', show: { id: 's1' } } };

test('when its token expires, a subscription ends with SUBSCRIPTION_TOKEN_EXPIRED and the socket with 4403', async () => {
  let now = Date.now();
  const under = await startGateway({ now: () => now, settings: { subscriptions: { tickMs: 5 } } });
  const socket = await rawSocket(under, { Authorization: await under.keys.sign({ expiresIn: 60 }) });
  socket.send({ type: 'subscribe', id: '1', payload: { query: STATUS } });
  await eventually(() => expect(under.theatre.log.upstreams.get('booking:b-ann')).toBe(1));
  now += 90_000;
  expect(await socket.closed).toBe(4403);
  expect(socket.messages).toMatchObject([
    { type: 'connection_ack' },
    { id: '1', type: 'error', payload: [{ extensions: { code: 'SUBSCRIPTION_TOKEN_EXPIRED' } }] },
  ]);
  await eventually(() => expect(under.theatre.log.upstreams.get('booking:b-ann')).toBe(0));
});

test('a client that ignores the close frame runs nothing more with its expired token', async () => {
  let now = Date.now();
  const under = await startGateway({ now: () => now, settings: { subscriptions: { tickMs: 5 } } });
  const { upstreams, requests } = under.theatre.log;
  const socket = await rawSocket(under, { Authorization: await under.keys.sign({ expiresIn: 60 }) });
  socket.send({ type: 'subscribe', id: '1', payload: { query: STATUS } });
  await eventually(() => expect(upstreams.get('booking:b-ann')).toBe(1));
  socket.pause();
  now += 90_000;
  await eventually(() => expect(upstreams.get('booking:b-ann')).toBe(0));
  socket.send({
    type: 'subscribe',
    id: '2',
    payload: { query: 'mutation { rename(id: "s1", title: "Lear") { id } }' },
  });
  for (let n = 0; n < 5; n++) await under.ask('{ shows { title } }');
  expect(requests.filter(({ request }) => request.query.startsWith('mutation'))).toEqual([]);
});

test('a token renewed in-band keeps the socket and its subscriptions', async () => {
  let now = Date.now();
  const under = await startGateway({ now: () => now, settings: { subscriptions: { tickMs: 5, pingEveryMs: 1 } } });
  const socket = await rawSocket(under, { Authorization: await under.keys.sign({ expiresIn: 60 }) });
  socket.send({ type: 'subscribe', id: '1', payload: { query: STATUS } });
  await eventually(() => expect(under.theatre.log.upstreams.get('booking:b-ann')).toBe(1));
  socket.send({ type: 'ping', payload: { Authorization: await under.keys.sign({ expiresIn: 600 }) } });
  await eventually(() =>
    expect(socket.messages.at(-1)).toMatchObject({
      type: 'pong',
      payload: { renewed: true, expiresAt: expect.any(String) },
    }),
  );
  now += 90_000;
  // The timer that sends pings also ends expired subscriptions, so it has run since.
  const pings = socket.pings();
  await eventually(() => {
    now += 10;
    expect(socket.pings()).toBeGreaterThan(pings + 1);
  });
  under.theatre.publish('booking:b-ann', CONFIRMED);
  await eventually(() => expect(socket.messages.at(-1)).toMatchObject({ id: '1', type: 'next' }));
  now += 600_000;
  expect(await socket.closed).toBe(4403);
});

test('a token renewed while an operation is being prepared applies to its subscription', async () => {
  const { url, namespace } = testRedis();
  const redis = new Redis(url);
  onTestFinished(() => redis.disconnect());
  const under = await startGateway({ redis, namespace });
  const [before, after] = [await under.keys.sign({ expiresIn: 60 }), await under.keys.sign({ expiresIn: 600 })];
  await under.ask('{ __typename }', { headers: { Authorization: after } });
  const persistedQuery = { version: 1, sha256Hash: createHash('sha256').update(STATUS).digest('hex') };
  const learnt = collect(under.client({ Authorization: before }), STATUS, {}, { persistedQuery });
  await eventually(() => expect(under.theatre.log.upstreams.get('booking:b-ann')).toBe(1));
  learnt.unsubscribe();
  await eventually(() => expect(under.theatre.log.upstreams.get('booking:b-ann')).toBe(0));

  const socket = await rawSocket(under, { Authorization: before });
  socket.send({ type: 'subscribe', id: '1', payload: { query: '', extensions: { persistedQuery } } });
  socket.send({ type: 'ping', payload: { Authorization: after } });
  await eventually(() => expect(socket.messages).toContainEqual(expect.objectContaining({ type: 'pong' })));
  await eventually(() => expect(under.theatre.log.upstreams.get('booking:b-ann')).toBe(1));
  under.theatre.publish('booking:b-ann', { booking: { id: 'b-ann', status: 'CONFIRMED', show: { id: 's1' } } });
  await eventually(() => expect(socket.messages.at(-1)).toMatchObject({ type: 'next' }));
  under.theatre.publish('booking:b-ann', CONFIRMED);
  await eventually(() => expect(socket.messages.filter(({ type }) => type === 'next').length).toBe(2));
  const { caller } = under.theatre.log.requests.at(-1)?.request ?? {};
  expect(caller?.kind === 'user' && caller.expiresAt.getTime()).toBeGreaterThan(Date.now() + 300_000);
});

test('a renewal with an invalid token or another user’s is rejected and changes nothing', async () => {
  const under = await startGateway();
  const socket = await rawSocket(under, { Authorization: await under.keys.sign({ userId: 'ann' }) });
  for (const Authorization of ['Bearer nonsense', await under.keys.sign({ userId: 'eve' })]) {
    socket.send({ type: 'ping', payload: { Authorization } });
    await eventually(() =>
      expect(socket.messages.at(-1)).toMatchObject({
        payload: { renewed: false, error: { extensions: { code: 'UNAUTHENTICATED' } } },
      }),
    );
    socket.messages.pop();
  }
  socket.send({ type: 'subscribe', id: '1', payload: { query: '{ mine { id } }' } });
  await eventually(() =>
    expect(socket.messages).toContainEqual({ id: '1', type: 'next', payload: { data: { mine: [{ id: 'b-ann' }] } } }),
  );
});

test('an ordinary ping is answered with its own payload', async () => {
  const socket = await rawSocket(await startGateway());
  socket.send({ type: 'ping', payload: { hello: 1 } });
  await eventually(() => expect(socket.messages.at(-1)).toEqual({ type: 'pong', payload: { hello: 1 } }));
});

test('a revoked session ends its subscriptions', async () => {
  const { url, namespace } = testRedis();
  const redis = new Redis(url);
  onTestFinished(() => redis.disconnect());
  const under = await startGateway({ redis, namespace });
  const subscription = collect(under.client({ Authorization: await under.keys.sign({ sessionId: 'gone' }) }), STATUS);
  await eventually(() => expect(under.theatre.log.upstreams.get('booking:b-ann')).toBe(1));
  await redis.publish(
    `${namespace}:push:session-revoked`,
    JSON.stringify({ sessionId: 'gone', until: Date.now() + 60_000 }),
  );
  await eventually(() => expect(subscription.end?.error).toMatchObject([{ extensions: { code: 'UNAUTHENTICATED' } }]));
});

test('a subscription with an unchanged plan survives a new supergraph', async () => {
  const under = await startGateway();
  const subscription = collect(under.client(), SEAT_MAP);
  await eventually(() => expect(under.theatre.log.upstreams.get('seats:s1')).toBe(1));
  await under.gateway.engine.load(theatre('extend type Query { somethingNew: Int }').sdl);
  under.theatre.publish('seats:s1', { version: 7, show: { id: 's1' } });
  await eventually(() =>
    expect(subscription.events).toEqual([{ data: { seatMapChanged: { version: 7, show: { title: 'Hamlet' } } } }]),
  );
  expect(subscription.end).toBeUndefined();
  expect(under.theatre.log.upstreams.get('seats:s1')).toBe(1);
});

test('a subscription with a changed plan ends with SUBSCRIPTION_SCHEMA_RELOAD', async () => {
  const under = await startGateway({ settings: { subscriptions: { reloadWindowMs: 50 } } });
  const [first, second] = [collect(under.client(), SEAT_MAP), collect(under.client(), SEAT_MAP)];
  await eventually(async () => expect(under.theatre.log.upstreams.get('seats:s1')).toBe(1));
  await eventually(async () => expect(await metric(under, 'marquee_gateway_subscriptions{state="live"}')).toBe(2));
  const changed = under.theatre.sdl
    .replace('type SeatMapChange', 'type SeatMapChanges')
    .replaceAll(': SeatMapChange!', ': SeatMapChanges!');
  await under.gateway.engine.load(changed);
  for (const { end } of [first, second].map((each) => ({ end: () => each.end }))) {
    await eventually(() =>
      expect(end()?.error).toMatchObject([{ extensions: { code: 'SUBSCRIPTION_SCHEMA_RELOAD' } }]),
    );
  }
  await eventually(() => expect(under.theatre.log.upstreams.get('seats:s1')).toBe(0));
  expect(await metric(under, 'marquee_gateway_subscriptions_ended_total{reason="schema-reload"}')).toBe(2);
});

test('subscriptions are limited per socket and in all', async () => {
  const under = await startGateway({
    settings: { subscriptions: { maxSubscriptionsPerSocket: 1, maxSubscriptions: 2 } },
  });
  const [one, two, three] = [under.client(), under.client(), under.client()];
  const live = collect(one, SEAT_MAP);
  await eventually(async () => expect(await metric(under, 'marquee_gateway_subscriptions{state="live"}')).toBe(1));
  const perSocket = collect(one, SEAT_MAP);
  await eventually(() => expect(perSocket.end?.error).toMatchObject([{ extensions: { code: 'RATE_LIMITED' } }]));
  collect(two, SEAT_MAP);
  await eventually(async () => expect(await metric(under, 'marquee_gateway_subscriptions{state="live"}')).toBe(2));
  const inAll = collect(three, SEAT_MAP);
  await eventually(() => expect(inAll.end?.error).toMatchObject([{ extensions: { code: 'RATE_LIMITED' } }]));
  expect(live.end).toBeUndefined();
});

test('sockets are limited in all', async () => {
  const under = await startGateway({ settings: { subscriptions: { maxSockets: 1 } } });
  await rawSocket(under);
  const rejected = new WebSocket(under.socketUrl, 'graphql-transport-ws');
  expect(await new Promise((resolve) => rejected.on('error', ({ message }) => resolve(message)))).toContain('503');
});

test('a client that does not answer pings is terminated', async () => {
  const under = await startGateway({ settings: { subscriptions: { pingEveryMs: 1, tickMs: 5 } } });
  const deaf = new WebSocket(under.socketUrl, 'graphql-transport-ws', { autoPong: false });
  expect(await new Promise((resolve) => deaf.on('close', resolve))).toBe(1006);
});

async function metric({ gateway }: GatewayUnderTest, name: string): Promise<number> {
  const body = await gateway.metrics.metrics();
  const line = body.split('\n').find((each) => each.startsWith(`${name} `));
  return Number(line?.slice(name.length));
}
