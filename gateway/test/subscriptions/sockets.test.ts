import { once } from 'node:events';
import { connect } from 'node:net';
import { eventually } from '@marquee/testkit';
import { expect, onTestFinished, test } from 'vitest';
import { WebSocket } from 'ws';
import type { Gateway } from '../../src/gateway-options.ts';
import { collect, startGateway } from '../server/gateway-under-test.ts';
import { theatre as createTheatre } from '../server/theatre.ts';
import { rawSocket } from './raw-socket.ts';

const SEAT_MAP = 'subscription ($id: ID!) { seatMapChanged(showId: $id) { version show { id title available } } }';
const STATUS = 'subscription ($id: ID!) { bookingStatusChanged(id: $id) { booking { id status show { title } } } }';

function seatMap(version: number) {
  return { data: { seatMapChanged: { version, show: { id: 's1', title: 'Hamlet', available: 42 } } } };
}

test('clients with the same subscription share one upstream and one hydration, and get the same event', async () => {
  const { client, theatre, keys } = await startGateway();
  const anonymous = collect(client(), SEAT_MAP, { id: 's1' });
  const signedIn = collect(client({ Authorization: await keys.sign() }), SEAT_MAP, { id: 's1' });
  const other = collect(client(), SEAT_MAP, { id: 's2' });
  await eventually(() =>
    expect(theatre.log.upstreams).toEqual(
      new Map([
        ['seats:s1', 1],
        ['seats:s2', 1],
      ]),
    ),
  );
  let published = 0;
  await eventually(async () => {
    published++;
    theatre.publish('seats:s1', { version: 1, show: { id: 's1' } });
    await eventually(() => expect([anonymous.events.length, signedIn.events.length]).not.toContain(0), {
      timeoutMs: 100,
    });
  });
  await eventually(() => expect(Math.max(anonymous.events.length, signedIn.events.length)).toBe(published));

  const before = theatre.log.requests.length;
  theatre.publish('seats:s1', { version: 2, show: { id: 's1' } });
  await eventually(() => expect(anonymous.events.at(-1)).toEqual(seatMap(2)));
  await eventually(() => expect(signedIn.events.at(-1)).toEqual(seatMap(2)));
  const hydration = theatre.log.requests.slice(before);
  expect(hydration.map(({ subgraph }) => subgraph)).toEqual(['catalog']);
  expect(other.events).toEqual([]);
});

test('the upstream is closed with its last client', async () => {
  const { client, theatre, gateway } = await startGateway();
  const [first, second] = [collect(client(), SEAT_MAP, { id: 's1' }), collect(client(), SEAT_MAP, { id: 's1' })];
  await eventually(async () => expect(await subscriptions(gateway)).toBe(2));
  first.unsubscribe();
  await eventually(async () => expect(await subscriptions(gateway)).toBe(1));
  expect(theatre.log.upstreams.get('seats:s1')).toBe(1);
  second.unsubscribe();
  await eventually(() => expect(theatre.log.upstreams.get('seats:s1')).toBe(0));
});

test('variables with another order of keys are equal', async () => {
  const { client, theatre } = await startGateway();
  const one = collect(client(), SEAT_MAP, { id: 's1', note: { a: 1, b: [{ c: 2, d: 3 }] } });
  await eventually(() => expect(theatre.log.upstreams.get('seats:s1')).toBe(1));
  const two = collect(client(), SEAT_MAP, { note: { b: [{ d: 3, c: 2 }], a: 1 }, id: 's1' });
  await eventually(() => {
    theatre.publish('seats:s1', { version: 1, show: { id: 's1' } });
    expect([one, two].every(({ events }) => events.length > 0)).toBe(true);
  });
  expect(theatre.log.upstreams.get('seats:s1')).toBe(1);
});

test('a subscription with an auth directive is shared only by clients of one user, with that user’s identity', async () => {
  const { client, theatre, keys } = await startGateway();
  const ann = await keys.sign({ userId: 'ann' });
  const mine = collect(client({ Authorization: ann }), STATUS, { id: 'b-ann' });
  const mineToo = collect(client({ Authorization: ann }), STATUS, { id: 'b-ann' });
  const eve = collect(client({ Authorization: await keys.sign({ userId: 'eve' }) }), STATUS, { id: 'b-ann' });
  const nobody = collect(client(), STATUS, { id: 'b-ann' });

  await eventually(() => expect([eve.end, nobody.end]).toEqual([{}, {}]));
  expect(eve.events).toMatchObject([{ errors: [{ extensions: { code: 'FORBIDDEN' } }] }]);
  expect(nobody.events).toMatchObject([{ errors: [{ extensions: { code: 'UNAUTHORIZED_FIELD_OR_TYPE' } }] }]);
  await eventually(() => expect(theatre.log.upstreams.get('booking:b-ann')).toBe(1));
  await eventually(async () => {
    theatre.publish('booking:b-ann', { booking: { id: 'b-ann', status: 'CONFIRMED', show: { id: 's1' } } });
    await eventually(() => expect([mine.events.length, mineToo.events.length]).not.toContain(0), { timeoutMs: 100 });
  });
  expect(mine.events[0]).toEqual({
    data: { bookingStatusChanged: { booking: { id: 'b-ann', status: 'CONFIRMED', show: { title: 'Hamlet' } } } },
  });
});

test('queries and mutations run over a socket', async () => {
  const { client, keys } = await startGateway();
  const socket = client({ Authorization: await keys.sign() });
  const query = collect(socket, '{ mine { id show { title } } }');
  await eventually(() => expect(query.end).toEqual({}));
  expect(query.events).toEqual([{ data: { mine: [{ id: 'b-ann', show: { title: 'Hamlet' } }] } }]);
  const mutation = collect(socket, 'mutation { rename(id: "s1", title: "Lear") { title } }');
  await eventually(() => expect(mutation.end).toEqual({}));
  expect(mutation.events).toEqual([{ data: { rename: { title: 'Lear' } } }]);
});

test('a finished upstream completes its clients', async () => {
  const { client } = await startGateway();
  const countdown = collect(client(), 'subscription { countdown(from: 3) }');
  await eventually(() => expect(countdown.end).toEqual({}));
  expect(countdown.events.map(({ data }) => data)).toEqual([3, 2, 1].map((count) => ({ countdown: count })));
});

test('an operation that does not parse or validate ends with an error message', async () => {
  const { client } = await startGateway();
  const socket = client();
  const [broken, unknown] = [collect(socket, 'subscription {'), collect(socket, 'subscription { nothing }')];
  await eventually(() => expect([broken.end, unknown.end]).not.toContain(undefined));
  expect(broken.end?.error).toMatchObject([{ extensions: { code: 'GRAPHQL_PARSE_FAILED' } }]);
  expect(unknown.end?.error).toMatchObject([{ extensions: { code: 'GRAPHQL_VALIDATION_FAILED' } }]);
});

test('invalid variables end a subscription before its upstream is opened', async () => {
  const { client, theatre } = await startGateway();
  const subscription = collect(client(), SEAT_MAP, { id: { no: 'id' } });
  await eventually(() => expect(subscription.end?.error).toMatchObject([{ extensions: { code: 'BAD_USER_INPUT' } }]));
  expect(theatre.log.upstreams.size).toBe(0);
});

test('a subgraph’s error is masked and has the trace id', async () => {
  const { client } = await startGateway();
  const failing = collect(client(), 'subscription { failing }');
  await eventually(() => expect(failing.end).toBeDefined());
  expect(JSON.stringify([failing.events, failing.end])).not.toContain('password');
  expect(failing.events).toMatchObject([
    { errors: [{ extensions: { code: 'INTERNAL_SERVER_ERROR', traceId: expect.stringMatching(/^[0-9a-f]{32}$/) } }] },
  ]);
});

test.each([
  ['an invalid message', 4400, ['nonsense']],
  ['an operation before connection_init', 4401, [{ type: 'subscribe', id: '1', payload: { query: '{ a }' } }]],
  ['a second connection_init', 4429, [{ type: 'connection_init' }, { type: 'connection_init' }]],
  ['a bad token', 4403, [{ type: 'connection_init', payload: { Authorization: 'Bearer no' } }]],
])('%s closes the socket with %i', async (_name, code, messages) => {
  const { socketUrl } = await startGateway();
  expect(await closeOf(socketUrl, messages)).toBe(code);
});

test('a socket without connection_init is closed after a timeout', async () => {
  const { socketUrl } = await startGateway({ settings: { subscriptions: { initTimeoutMs: 10, tickMs: 5 } } });
  expect(await closeOf(socketUrl, [])).toBe(4408);
});

test('a duplicate id closes the socket with 4409', async () => {
  const { socketUrl } = await startGateway();
  const subscribe = { type: 'subscribe', id: '1', payload: { query: SEAT_MAP, variables: { id: 's1' } } };
  expect(await closeOf(socketUrl, [{ type: 'connection_init' }, 'ack', subscribe, subscribe])).toBe(4409);
});

test('in production, errors over a socket have no suggestions', async () => {
  const backend = createTheatre('enum Genre { DRAMA } extend type Query { byGenre(genre: Genre): String }');
  const { client } = await startGateway({ settings: { production: true } }, backend);
  const wrong = collect(client(), 'query ($genre: Genre) { byGenre(genre: $genre) }', { genre: 'DRAMMA' });
  await eventually(() => expect(wrong.end).toBeDefined());
  expect(wrong.events).toMatchObject([{ errors: [{ extensions: { code: 'BAD_USER_INPUT', field: 'genre' } }] }]);
  expect(JSON.stringify(wrong.events)).not.toContain('Did you mean');
});

test('a duplicate id may be longer than the reason of a close frame', async () => {
  const { socketUrl } = await startGateway();
  const subscribe = { type: 'subscribe', id: 'ü'.repeat(128), payload: { query: SEAT_MAP, variables: { id: 's1' } } };
  expect(await closeOf(socketUrl, [{ type: 'connection_init' }, 'ack', subscribe, subscribe])).toBe(4409);
});

test('a ping with a null payload is answered like one without', async () => {
  const socket = await rawSocket(await startGateway());
  socket.send({ type: 'ping', payload: null });
  await eventually(() => expect(socket.messages[1]).toEqual({ type: 'pong' }));
});

test('an invalid frame without the subprotocol terminates only that socket', async () => {
  const { socketUrl, ask } = await startGateway();
  const socket = connect(Number(new URL(socketUrl).port), '127.0.0.1');
  onTestFinished(() => void socket.destroy());
  const closed = new Promise((resolve) => socket.on('close', resolve));
  const answered = new Promise((resolve) => socket.once('data', resolve));
  socket.write(
    'GET /graphql HTTP/1.1\r\nhost: x\r\nupgrade: websocket\r\nconnection: upgrade\r\n' +
      'sec-websocket-version: 13\r\nsec-websocket-key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n',
  );
  await answered;
  socket.write(Buffer.alloc(16, 0xff));
  await closed;
  expect((await ask('{ shows { id } }')).status).toBe(200);
});

test('another subprotocol is closed with 4406, another path is not found', async () => {
  const { socketUrl } = await startGateway();
  const other = new WebSocket(socketUrl);
  expect(await new Promise((resolve) => other.on('close', resolve))).toBe(4406);
  const elsewhere = new WebSocket(socketUrl.replace('/graphql', '/other'), 'graphql-transport-ws');
  expect(await new Promise((resolve) => elsewhere.on('error', ({ message }) => resolve(message)))).toContain('404');
});

test('stopping the gateway closes sockets with 1001', async () => {
  const { gateway, socketUrl } = await startGateway();
  const socket = new WebSocket(socketUrl, 'graphql-transport-ws');
  const closed = new Promise((resolve) => socket.on('close', resolve));
  await new Promise((resolve) => socket.on('open', resolve));
  await gateway.stop();
  expect(await closed).toBe(1001);
});

async function closeOf(url: string, messages: (object | string)[]): Promise<number> {
  const socket = new WebSocket(url, 'graphql-transport-ws');
  const closed = new Promise<number>((resolve) => socket.on('close', resolve));
  await new Promise((resolve) => socket.on('open', resolve));
  for (const message of messages) {
    if (message === 'ack') await new Promise((resolve) => socket.once('message', resolve));
    else socket.send(typeof message === 'string' ? message : JSON.stringify(message));
  }
  return closed;
}

async function subscriptions(gateway: Pick<Gateway, 'metrics'>): Promise<number> {
  const body = await gateway.metrics.metrics();
  return Number(/^marquee_gateway_subscriptions\{state="live"\} (\d+)/m.exec(body)?.[1]);
}

test('a socket is closed with a reason when a message is too big', async () => {
  const { socketUrl } = await startGateway();
  const socket = new WebSocket(socketUrl, 'graphql-transport-ws');
  await once(socket, 'open');
  socket.send(`{"type":"ping","payload":{"text":"${'x'.repeat(300_000)}"}}`);
  const [code, reason] = (await once(socket, 'close')) as [number, Buffer];
  expect([code, reason.toString()]).toEqual([1009, 'Message too big']);
});
