import { eventually, dedicatedRedis, testRedis } from '@marquee/testkit';
import { Redis } from 'ioredis';
import { expect, onTestFinished, test } from 'vitest';
import { gatewaySettings } from '../../src/environment.ts';
import { collect, send } from '../server/gateway-under-test.ts';
import { theatre } from '../server/theatre.ts';
import { CLIENT, LONG_AGO, recordingGateway } from './recording-gateway.ts';

const QUERY = 'query Events { events { id } }';

test('an execution counts for the client, version and operation that the request names', async () => {
  const { ask, records } = await recordingGateway();
  for (let times = 0; times < 3; times++) await ask(QUERY, { headers: CLIENT });
  await ask('query Events{events{id __typename}}', { headers: CLIENT });
  await ask('{ events { id } }');
  const found = (await records()).filter(({ coordinate }) => coordinate === 'Event.id');
  expect(found).toHaveLength(2);
  expect(found).toContainEqual(
    expect.objectContaining({ client: 'storefront', version: '1.0', operation: 'Events', count: 4 }),
  );
  expect(found).toContainEqual(
    expect.objectContaining({ client: 'unnamed', version: 'unversioned', operation: 'anonymous', count: 1 }),
  );
});

test('an operation has one hash, whatever its layout, literal strings and numbers', async () => {
  const { ask, records } = await recordingGateway();
  await ask('query Find { find(text: "a") { ...A } } fragment A on Play { acts }');
  await ask('fragment A on Play { acts __typename }\nquery Find { find(text: """b""") { ...A } }');
  await ask('query Find { find(text: "a") { ... on Play { acts } } }');
  const hashes = new Map((await records()).map(({ operationHash, count }) => [operationHash, count]));
  expect([...hashes.values()].toSorted()).toEqual([1, 2]);
});

test('only the selected operation and its fragments count', async () => {
  const { url, counts } = await recordingGateway();
  const query = `query A { events { ...X } } query B { events { ...Y } }
    fragment X on Event { id } fragment Y on Event { name }`;
  const headers = { 'content-type': 'application/json' };
  await send(url, { method: 'POST', headers, body: JSON.stringify({ query, operationName: 'B' }) });
  expect(await counts()).toEqual({ 'Query.events': 1, Event: 1, 'Event.name': 1 });
});

test('a rejected operation does not count', async () => {
  const { ask, counts } = await recordingGateway({ settings: { limits: { maxDepth: 3 } } });
  const rejected = [
    await ask('{ events { nothing } }'),
    await ask('{ events { id '),
    await ask('query ($genre: Genre!) { events(genre: $genre) { id } }', { variables: { genre: 'NONE' } }),
    await ask('{ shows { id ... { ... { title } } } }', { headers: { authorization: 'Bearer nonsense' } }),
  ];
  for (const { body } of rejected) expect(body.errors).not.toBeUndefined();
  expect(await counts()).toEqual({});
});

test('an operation whose fields failed or were withheld counts', async () => {
  const { ask, counts } = await recordingGateway();
  expect((await ask('{ broken secret }')).body.errors).toHaveLength(2);
  expect(await counts()).toEqual({ 'Query.broken': 1, 'Query.secret': 1 });
});

test('operations over a socket count, and a subscription once, however many events it has', async () => {
  const { client, counts, records } = await recordingGateway();
  const socket = client(CLIENT);
  const query = collect(socket, QUERY);
  const subscription = collect(socket, 'subscription Count { countdown(from: 5) }');
  await eventually(() => expect([query.end, subscription.end]).toEqual([{}, {}]));
  expect(subscription.events).toHaveLength(5);
  expect(await counts()).toEqual({
    'Query.events': 1,
    'Event.id': 1,
    'Subscription.countdown': 1,
    'Subscription.countdown(from:)': 1,
  });
  expect(new Set((await records()).map(({ client: name }) => name))).toEqual(new Set(['storefront']));
});

test('operations over server-sent events count', async () => {
  const { url, counts } = await recordingGateway();
  const headers = { 'content-type': 'application/json', accept: 'text/event-stream', ...CLIENT };
  await send(url, { method: 'POST', headers, body: JSON.stringify({ query: QUERY }) });
  expect(await counts()).toEqual({ 'Query.events': 1, 'Event.id': 1 });
});

test('each operation of a batch counts', async () => {
  const { url, counts } = await recordingGateway();
  const headers = { 'content-type': 'application/json' };
  await send(url, {
    method: 'POST',
    headers,
    body: JSON.stringify([{ query: QUERY }, { query: '{ find { __typename } }' }]),
  });
  expect(await counts()).toEqual({ 'Query.events': 1, 'Event.id': 1, 'Query.find': 1 });
});

test('the stock executor is recorded too', async () => {
  const { ask, counts } = await recordingGateway({ settings: { executor: 'stock' } });
  await ask(QUERY);
  expect(await counts()).toEqual({ 'Query.events': 1, 'Event.id': 1 });
});

test('after a swap an operation counts for its coordinates in the new schema', async () => {
  const { gateway, ask, usage } = await recordingGateway();
  await ask('{ events { id } }');
  const changed = theatre('type Happening { id: ID } extend type Query { events: [Happening] }');
  await gateway.engine.load(changed.sdl);
  for (let times = 0; times < 2; times++) await ask('{ events { id } }');
  await gateway.stop();
  const records = await usage.usageOf(['Query.events', 'Event.id', 'Happening.id'], LONG_AGO);
  expect(Object.fromEntries(records.map(({ coordinate, count }) => [coordinate, count]))).toEqual({
    'Query.events': 3,
    'Event.id': 1,
    'Happening.id': 2,
  });
});

test('counts are written periodically', async () => {
  const { ask, usage } = await recordingGateway({ settings: { usage: { flushMs: 20 } } });
  await ask(QUERY, { headers: CLIENT });
  await eventually(async () => expect((await usage.totals(LONG_AGO)).byClient.get('storefront')).toBe(1));
});

test('names made up by a hostile client are bounded, and hide no other client', async () => {
  const { ask, usage, gateway, metric, counts } = await recordingGateway({
    registeredClients: ['storefront'],
    settings: { usage: { maxClients: 5, maxVersions: 5 } },
  });
  for (let times = 0; times < 30; times++) {
    await ask(QUERY, { headers: { 'apollographql-client-name': `evil-${times}<script>` } });
    await ask(QUERY, { headers: { ...CLIENT, 'apollographql-client-version': `${times}` } });
  }
  expect(await metric('usage_unnamed_total')).toBeGreaterThan(0);
  await gateway.stop();
  const { byClient } = await usage.totals(LONG_AGO);
  expect(byClient.size).toBeLessThanOrEqual(7);
  expect(byClient.get('storefront')).toBe(30);
  expect(byClient.get('other')).toBe(25);
  expect(await counts()).toEqual({ 'Query.events': 60, 'Event.id': 60 });
});

test('a Redis that dies fails no request and no stop, and a metric shows it', async () => {
  const own = await dedicatedRedis(false);
  const redis = new Redis(own.url).on('error', () => undefined);
  const { ask, metric, gateway } = await recordingGateway({ redis, settings: { usage: { flushMs: 20 } } });
  await ask(QUERY);
  await own.kill();
  await eventually(async () => {
    expect((await ask(QUERY)).body).toEqual({ data: { events: null } });
    expect(await metric('usage_write_failures_total')).toBeGreaterThan(0);
  });
  await gateway.stop();
});

test('without Redis, or when disabled, nothing is recorded and operations run', async () => {
  const { url, namespace } = testRedis();
  const redis = new Redis(url);
  onTestFinished(() => redis.disconnect());
  const { ask, gateway } = await recordingGateway({ redis, namespace, settings: { usage: false } });
  expect((await ask(QUERY)).body).toEqual({ data: { events: null } });
  await gateway.stop();
  expect(await redis.keys(`${namespace}:schema-usage:*`)).toEqual([]);
});

test('the variable overrides the file’s sample, 0 disables recording, and an invalid value is rejected', () => {
  const usageIn = (sample: string) => gatewaySettings({ SCHEMA_USAGE_SAMPLE: sample }).usage;
  expect(usageIn('')).toBeUndefined();
  expect(usageIn('0.1')).toEqual({ sample: 0.1 });
  expect(usageIn('0')).toBe(false);
  expect(() => usageIn('2')).toThrow('SCHEMA_USAGE_SAMPLE');
  expect(() => usageIn('all')).toThrow('SCHEMA_USAGE_SAMPLE');
});
