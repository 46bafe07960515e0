import { once } from 'node:events';
import { eventually } from '@marquee/testkit';
import { expect, onTestFinished, test } from 'vitest';
import { WebSocket } from 'ws';
import { type GatewayUnderTest, startGateway } from '../server/gateway-under-test.ts';
import type { SubscriptionSettings } from '../../src/subscriptions/settings.ts';

const SEAT_MAP = 'subscription { seatMapChanged(showId: "s1") { version } }';
const ATTACKER = '203.0.113.9';
const BYSTANDER = '198.51.100.7';

function startWith(subscriptions: Partial<SubscriptionSettings>): Promise<GatewayUnderTest> {
  return startGateway({ settings: { trustedProxies: 1, subscriptions } });
}

/** A socket from an address, behind the trusted proxy. */
async function connectFrom(address: string, { socketUrl }: GatewayUnderTest, payload: object = {}) {
  const socket = new WebSocket(socketUrl, 'graphql-transport-ws', { headers: { 'x-forwarded-for': address } });
  onTestFinished(() => socket.terminate());
  const messages: Record<string, unknown>[] = [];
  socket.on('message', (data) => messages.push(JSON.parse(String(data)) as Record<string, unknown>));
  const closed = new Promise<[number, Buffer]>((resolve) => {
    socket.on('close', (code, reason) => resolve([code, reason]));
  }).then(([code, reason]) => [code, String(reason)] as const);
  await once(socket, 'open');
  const send = (message: object): void => socket.send(JSON.stringify(message));
  send({ type: 'connection_init', payload });
  await Promise.race([once(socket, 'message'), closed]);
  return {
    socket,
    messages,
    closed,
    send,
    subscribe: (id: string, query = SEAT_MAP, variables: object = {}) =>
      send({ type: 'subscribe', id, payload: { query, variables } }),
  };
}

/** A subscriber of the seat map; `check` publishes an event, which has to arrive. */
async function bystanderOf(under: GatewayUnderTest) {
  const bystander = await connectFrom(BYSTANDER, under);
  bystander.subscribe('seats');
  await eventually(() => expect(under.theatre.log.upstreams.get('seats:s1')).toBe(1));
  let version = 0;
  return async () => {
    version++;
    under.theatre.publish('seats:s1', { version, show: { id: 's1' } });
    await eventually(() => expect(bystander.messages).toHaveLength(version + 1));
    expect(bystander.messages.at(-1)).toMatchObject({ payload: { data: { seatMapChanged: { version } } } });
  };
}

async function metric({ gateway }: GatewayUnderTest, name: string): Promise<number> {
  const line = (await gateway.metrics.metrics())
    .split('\n')
    .find((each) => each.startsWith(`marquee_gateway_${name} `));
  return Number(line?.split(' ')[1]);
}

test.each([
  ['subscribe', { payload: { query: SEAT_MAP } }],
  ['complete', {}],
])('an id of 129 characters in %s closes the socket with 4400 and says so; 128 are allowed', async (type, rest) => {
  const under = await startWith({});
  const client = await connectFrom(ATTACKER, under);
  client.send({ type, id: 'i'.repeat(128), ...rest });
  client.send({ type: 'ping' });
  await eventually(() => expect(client.messages.at(-1)).toEqual({ type: 'pong' }));
  client.send({ type, id: 'i'.repeat(129), ...rest });
  expect(await client.closed).toEqual([4400, "An operation's id has at most 128 characters"]);
});

test('a network has a limit of sockets and streams together; other networks still connect', async () => {
  const under = await startWith({ maxSocketsPerNetwork: 2 });
  const check = await bystanderOf(under);
  await connectFrom(ATTACKER, under);
  const second = await connectFrom(ATTACKER, under);
  await expect(connectFrom(ATTACKER, under)).rejects.toThrow('503');
  const stream = (address: string) =>
    fetch(under.url, {
      method: 'POST',
      headers: { accept: 'text/event-stream', 'content-type': 'application/json', 'x-forwarded-for': address },
      body: JSON.stringify({ query: '{ shows { id } }' }),
    });
  expect((await stream(ATTACKER)).status).toBe(429);
  expect((await stream('203.0.113.10')).status).toBe(200);
  await check();
  second.socket.close();
  await second.closed;
  await eventually(() => connectFrom(ATTACKER, under));
});

test('a user has a limit of sockets over all networks', async () => {
  const under = await startWith({ maxSocketsPerCaller: 1 });
  const ann = { Authorization: await under.keys.sign({ userId: 'ann' }) };
  const first = await connectFrom('203.0.113.1', under, ann);
  await eventually(() => expect(first.messages).toEqual([{ type: 'connection_ack' }]));
  const second = await connectFrom('203.0.113.2', under, ann);
  expect(await second.closed).toEqual([1013, 'Too many sockets of this user']);
  const eve = await connectFrom('203.0.113.2', under, { Authorization: await under.keys.sign({ userId: 'eve' }) });
  await eventually(() => expect(eve.messages).toEqual([{ type: 'connection_ack' }]));
});

test('the memory of open operations is counted and bounded by network, and is free when they end', async () => {
  const limit = 2_000_000;
  const under = await startWith({ maxHeldBytesPerNetwork: limit, maxMessagesPerSecond: 1_000 });
  const check = await bystanderOf(under);
  const before = await metric(under, 'held_bytes');
  const sockets = await Promise.all(Array.from({ length: 4 }, () => connectFrom(ATTACKER, under)));
  const note = 'x'.repeat(10_000);
  for (const { subscribe } of sockets) for (let id = 0; id < 5; id++) subscribe(`${id}`, SEAT_MAP, { note });
  const refusals = () => sockets.flatMap(({ messages }) => messages.filter(({ type }) => type === 'error'));
  await eventually(() => expect(refusals()).toHaveLength(11));
  expect(refusals()[0]).toMatchObject({ payload: [{ extensions: { code: 'RATE_LIMITED', retryAfterSeconds: 30 } }] });
  const held = (await metric(under, 'held_bytes')) - before;
  // Nine requests of 10 kB, 20 bytes of memory a byte; what is below the limit is less than one more.
  expect(held).toBeGreaterThan(limit - 20 * 11_000);
  expect(held).toBeLessThanOrEqual(limit);
  await check();
  sockets[0]?.send({ type: 'complete', id: '0' });
  await eventually(async () => expect((await metric(under, 'held_bytes')) - before).toBeLessThan(held));
  for (const { socket } of sockets) socket.close();
  await eventually(async () => expect(await metric(under, 'held_bytes')).toBe(before));
});

test('a document that no other operation shares counts with what it takes once parsed', async () => {
  const under = await startWith({ maxHeldBytesPerNetwork: 100_000 });
  const { subscribe, messages } = await connectFrom(ATTACKER, under);
  const fields = (name: string) => Array.from({ length: 40 }, (_, index) => `${name}${index}: version`).join(' ');
  subscribe('1', `subscription { seatMapChanged(showId: "s1") { ${fields('first')} } }`);
  await eventually(() => expect(messages.at(-1)).toMatchObject({ type: 'error', id: '1' }));
  subscribe('2');
  await eventually(() => expect(under.theatre.log.upstreams.get('seats:s1')).toBe(1));
});

test('operations that are completed while they begin count no longer', async () => {
  const under = await startWith({ maxSubscriptionsPerNetwork: 3, maxMessagesPerSecond: 100 });
  const { send, subscribe, messages } = await connectFrom(ATTACKER, under);
  for (let id = 0; id < 100; id++) {
    subscribe(`${id}`, '{ shows { id } }');
    send({ type: 'complete', id: `${id}` });
  }
  subscribe('last');
  await eventually(() => expect(under.theatre.log.upstreams.get('seats:s1')).toBe(1));
  expect(messages.filter(({ id }) => id === 'last')).toEqual([]);
});

test('an unfinished message counts as memory', async () => {
  const under = await startWith({ maxHeldBytesPerNetwork: 60_000, tickMs: 5 });
  const check = await bystanderOf(under);
  const { socket, closed } = await connectFrom(ATTACKER, under);
  socket.send('x'.repeat(200_000), { fin: false });
  expect(await closed).toEqual([1006, '']);
  await check();
});

test.each([
  ['pings of the protocol', ({ send }: Attacker) => send({ type: 'ping' })],
  ['pings of WebSocket', ({ socket }: Attacker) => socket.ping()],
  ['pongs of WebSocket', ({ socket }: Attacker) => socket.pong()],
  ['completes', ({ send }: Attacker) => send({ type: 'complete', id: 'none' })],
  ['refused operations', ({ subscribe }: Attacker, id: number) => subscribe(`${id}`, 'subscription {')],
])('a flood of %s closes its socket with 4429, and no other', async (_name, attack) => {
  const under = await startWith({ maxMessagesPerSecond: 4 });
  const check = await bystanderOf(under);
  const attacker = await connectFrom(ATTACKER, under);
  for (let count = 0; count < 30; count++) attack(attacker, count);
  expect(await attacker.closed).toEqual([4429, 'Too many messages']);
  await check();
});

test('a network whose sockets send too much together is told to try again later; others go on', async () => {
  const under = await startWith({ maxMessagesPerSecondPerNetwork: 10, tickMs: 5 });
  const check = await bystanderOf(under);
  const attackers = [await connectFrom(ATTACKER, under), await connectFrom(ATTACKER, under)];
  for (let count = 0; count < 25; count++) for (const { send } of attackers) send({ type: 'ping' });
  expect(await Promise.race(attackers.map(({ closed }) => closed))).toEqual([
    1013,
    'Too many messages from your network',
  ]);
  await check();
});

test('a ping of a large payload is answered without it', async () => {
  const under = await startWith({});
  const { send, messages } = await connectFrom(ATTACKER, under);
  send({ type: 'ping', payload: { text: 'x'.repeat(2_000) } });
  await eventually(() => expect(messages.at(-1)).toEqual({ type: 'pong' }));
});

type Attacker = Awaited<ReturnType<typeof connectFrom>>;

test.each([
  {
    what: 'operations that are compiled already: each counts',
    queryOf: (n: number) => `subscription { seatMapChanged(showId: "s1") { v${n}: version } }`,
    accepted: [4, 10],
  },
  { what: 'control: one operation twenty times: it counts once', queryOf: () => SEAT_MAP, accepted: [20, 20] },
])('$what, and a bystander gets every event', async ({ queryOf, accepted: [least = 0, most] }) => {
  const under = await startWith({ maxHeldBytesPerNetwork: 160_000 });
  const check = await bystanderOf(under);
  for (let n = 0; n < 20; n++) await under.ask(queryOf(n));
  const attacker = await connectFrom(ATTACKER, under);
  for (let n = 0; n < 20; n++) attacker.subscribe(`n${n}`, queryOf(n));
  const refused = () => attacker.messages.filter(({ type }) => type === 'error');
  await eventually(async () =>
    expect((await metric(under, 'subscriptions{state="live"}')) - 1).toBe(20 - refused().length),
  );
  expect(20 - refused().length).toBeGreaterThanOrEqual(least);
  expect(20 - refused().length).toBeLessThanOrEqual(Number(most));
  for (const { payload } of refused()) expect(payload).toMatchObject([{ extensions: { code: 'RATE_LIMITED' } }]);
  await check();
});

test('a message in many fragments closes its socket, and one in a few is read', async () => {
  const under = await startWith({});
  const check = await bystanderOf(under);
  const [attacker, honest] = [await connectFrom(ATTACKER, under), await connectFrom(ATTACKER, under)];
  for (let part = 0; part < 100; part++) attacker.socket.send(' ', { fin: false });
  expect(await attacker.closed).toEqual([1008, '']);
  const message = JSON.stringify({ type: 'ping', payload: { from: 'honest' } });
  const received = once(honest.socket, 'message');
  for (const [index, letter] of [...message].entries())
    honest.socket.send(letter, { fin: index === message.length - 1 });
  expect(String((await received)[0])).toContain('pong');
  await check();
});
