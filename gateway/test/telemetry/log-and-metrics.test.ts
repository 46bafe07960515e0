import { once } from 'node:events';
import { inTrace, openLog, processRegistry, traceOf } from '@marquee/telemetry';
import { eventually } from '@marquee/testkit';
import { expect, onTestFinished, test } from 'vitest';
import { WebSocket } from 'ws';
import type { AccessLogLevel } from '../../src/telemetry/access-log.ts';
import { collect, send, startGateway } from '../server/gateway-under-test.ts';

const TRACE_ID = 'a'.repeat(32);
const TRACED = { traceparent: `00-${TRACE_ID}-${'b'.repeat(16)}-00` };
const CLIENT = { 'apollographql-client-name': 'kiosk', 'apollographql-client-version': '7' };

async function logged(accessLog: AccessLogLevel = 'info') {
  const text: string[] = [];
  const log = openLog({ service: 'gateway', level: 'debug', destination: { write: (line) => void text.push(line) } });
  const metrics = processRegistry();
  const under = await startGateway({
    log,
    metrics,
    settings: { accessLog, trustTraceparent: true },
    routes: (app) => {
      app.get('/webhook', async () => {
        log.warn({}, 'inside');
        return {};
      });
    },
  });
  const lines = (message: string) =>
    text.map((line) => JSON.parse(line) as Record<string, unknown>).filter(({ msg }) => msg === message);
  return { ...under, text, lines, exposition: async () => await under.gateway.metrics.metrics() };
}

test('each request logs one line with its operation, client, duration, status and trace', async () => {
  const { ask, lines } = await logged();
  await ask('query Shows { shows { id } }', { headers: { ...TRACED, ...CLIENT } });
  await eventually(() => expect(lines('served')).toHaveLength(1));
  const [line] = lines('served');
  expect(line).toMatchObject({
    level: 30,
    transport: 'http',
    operation: 'Shows',
    client: 'kiosk',
    clientVersion: '7',
    status: 200,
    durationMs: expect.any(Number),
    traceId: TRACE_ID,
  });
  expect(line).not.toHaveProperty('errors');
});

test('a line has the codes of all errors, also from outside GraphQL', async () => {
  const { ask, url, lines } = await logged();
  await ask('query Broken { broken }');
  await send(url, { method: 'POST', headers: { 'content-type': 'application/json' }, body: '{' });
  await ask('{ shows { id } }', { headers: { authorization: 'Bearer nonsense' } });
  await eventually(() =>
    expect(lines('served')).toMatchObject([
      { operation: 'Broken', status: 200, errors: ['INTERNAL_SERVER_ERROR'] },
      { status: 400, errors: ['BAD_USER_INPUT'] },
      { status: 401, errors: ['UNAUTHENTICATED'] },
    ]),
  );
});

test('operations on sockets log a line too; a subscription when it ends, with the reason', async () => {
  const { client, lines, theatre } = await logged();
  const socket = client(CLIENT);
  const query = collect(socket, 'query Shows { shows { id } }');
  await eventually(() => expect(query.events).toHaveLength(1));
  const seats = collect(socket, 'subscription Seats { seatMapChanged(showId: "s1") { version } }');
  await eventually(() => expect(theatre.log.upstreams.get('seats:s1')).toBe(1));
  seats.unsubscribe();
  await eventually(() =>
    expect(lines('served')).toMatchObject([
      { transport: 'websocket', type: 'query', operation: 'Shows', client: 'kiosk', traceId: expect.any(String) },
      { transport: 'websocket', type: 'subscription', operation: 'Seats', reason: 'client' },
    ]),
  );
});

test('an operation that is completed before it has begun logs a line too', async () => {
  const { socketUrl, lines } = await logged();
  const socket = new WebSocket(socketUrl, 'graphql-transport-ws');
  onTestFinished(() => socket.terminate());
  await once(socket, 'open');
  for (const message of [
    { type: 'connection_init' },
    {
      type: 'subscribe',
      id: '1',
      payload: { query: 'subscription Seats { seatMapChanged(showId: "s1") { version } }' },
    },
    { type: 'complete', id: '1' },
  ]) {
    socket.send(JSON.stringify(message));
    if (message.type === 'connection_init') await once(socket, 'message');
  }
  await eventually(() => expect(lines('served')).toMatchObject([{ type: 'subscription', reason: 'client' }]));
});

test('every line of a request has its trace id, as has a masked error', async () => {
  const { ask, url, lines } = await logged();
  const { body } = await ask('{ broken }', { headers: TRACED });
  expect(body.errors?.[0]?.extensions['traceId']).toBe(TRACE_ID);
  expect(lines('an error was masked')).toMatchObject([{ traceId: TRACE_ID }]);
  await send(url.replace('/graphql', '/webhook'), { headers: TRACED });
  expect(lines('inside')).toMatchObject([{ traceId: TRACE_ID }]);
});

test('the level of the access log can be set, or the log turned off', async () => {
  const debug = await logged('debug');
  await debug.ask('{ shows { id } }');
  await eventually(() => expect(debug.lines('served')).toMatchObject([{ level: 20 }]));
  const off = await logged('off');
  await off.ask('{ broken }');
  expect(off.lines('an error was masked')).toHaveLength(1);
  expect(off.lines('served')).toEqual([]);
});

test('no line contains credentials', async () => {
  const { ask, keys, url, text } = await logged();
  const authorization = await keys.sign();
  const variables = { title: 'swordfish' };
  const query = 'mutation ($title: String!) { rename(id: "s1", title: $title) { id } }';
  await ask(query, { variables, headers: { authorization, cookie: 'sid=hunter2' } });
  await send(`${url}?query={broken}&token=hunter2`, { headers: { 'apollo-require-preflight': '1', authorization } });
  await ask('{ broken }', { headers: { authorization: `${authorization}x` } });
  await eventually(() => expect(text.filter((line) => line.includes('"served"'))).toHaveLength(3));
  expect(text.join('')).not.toMatch(/eyJ|swordfish|hunter2/);
});

test('the log redacts credentials at any depth, and properties that libraries add to errors', () => {
  const text: string[] = [];
  const log = openLog({ service: 'sample', destination: { write: (line) => void text.push(line) } });
  const cause = Object.assign(new Error('connect redis://user:hunter2@cache:6379'), { command: { args: ['hunter2'] } });
  inTrace(traceOf(TRACED.traceparent), () =>
    log.error(
      { err: new Error('Authorization: Bearer hunter2', { cause }), token: 'hunter2', user: { password: 'hunter2' } },
      'x',
    ),
  );
  expect(text.join('')).not.toContain('hunter2');
  expect(JSON.parse(text[0] ?? '')).toMatchObject({
    traceId: TRACE_ID,
    err: { type: 'Error', message: 'Authorization: Bearer …', cause: { message: 'connect redis://user:…@cache:6379' } },
  });
});

test('a text of many beginnings of tokens is redacted as fast as any other of its length', () => {
  const costOf = (msg: string): number => {
    const log = openLog({ service: 'sample', destination: { write: () => undefined } });
    const before = process.cpuUsage();
    log.info({}, msg);
    const { user, system } = process.cpuUsage(before);
    return (user + system) / 1_000;
  };
  const beginnings = Math.min(...[1, 2, 3].map(() => costOf('-eyJ'.repeat(20_000))));
  const plain = Math.min(...[1, 2, 3].map(() => costOf(` eyJ${'word '.repeat(16_000)}`)));
  expect(beginnings / Math.max(plain, 1)).toBeLessThan(50);
});

test('there are metrics of operations, the plan cache, subscriptions by state and the event loop', async () => {
  const { ask, client, exposition } = await logged();
  await ask('query Shows { shows { id } }');
  await ask('query Shows { shows { id } }');
  await ask('{ broken }');
  collect(client(), 'subscription { seatMapChanged(showId: "s1") { version } }');
  await eventually(async () => expect(await exposition()).toContain('marquee_gateway_subscriptions{state="live"} 1'));
  const text = await exposition();
  for (const line of [
    'marquee_gateway_operations_total{transport="http",type="query",outcome="ok"} 2',
    'marquee_gateway_operations_total{transport="http",type="query",outcome="errors"} 1',
    'marquee_gateway_plan_cache_lookups_total{outcome="hit"} 1',
    'marquee_gateway_plan_cache_lookups_total{outcome="miss"} 3',
    'marquee_gateway_plan_cache_size 3',
    'marquee_gateway_subscriptions{state="reconnecting"} 0',
    'marquee_gateway_operation_cost_count{kind="estimated"} 4',
  ]) {
    expect(text).toContain(`${line}\n`);
  }
  expect(text).toMatch(/^nodejs_eventloop_lag_p99_seconds \d/m);
});
