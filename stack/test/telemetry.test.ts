import { randomUUID } from 'node:crypto';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { fileURLToPath } from 'node:url';
import { createGateway, httpTransport } from '@marquee/gateway';
import { ANONYMOUS, type GraphRequest, type Subgraph } from '@marquee/subgraph';
import { openLog } from '@marquee/telemetry';
import { eventually, recordTraces, testRedis } from '@marquee/testkit';
import { Redis } from 'ioredis';
import { afterAll, beforeAll, expect, onTestFinished, test } from 'vitest';
import { DEMO_PASSWORD } from '../src/demo/purchase.ts';
import { Login, SeatMap } from '../src/demo/operations.ts';
import { loadEventCatalogue, loadSubgraph } from '../src/subgraphs.ts';
import { type Marketplace, openMarketplace } from './marketplace.ts';

const CITIES = 'query Cities { cities(first: 1) { edges { node { id name } } } }';
const SEATS = 'subscription Seats($id: ID!) { seatMapChanged(showId: $id) { version show { title { name } } } }';
const HOLD = 'mutation Hold($input: HoldSeatsInput!) { holdSeats(input: $input) { __typename } }';
const SUPERGRAPH = fileURLToPath(new URL('../../schema/supergraph.graphql', import.meta.url));

const traces = recordTraces();
const lines: string[] = [];
let marketplace: Marketplace;

beforeAll(async () => {
  const log = { write: (line: string) => void lines.push(line) };
  marketplace = await openMarketplace({ telemetry: traces.telemetry, log, gateway: { trustTraceparent: true } });
});
afterAll(() => marketplace.stop());

/** A trace begun by a client. */
function newTrace() {
  const traceId = randomUUID().replaceAll('-', '');
  return { traceId, headers: { traceparent: `00-${traceId}-${'b'.repeat(16)}-01` } };
}

async function post(endpoint: string, body: object, headers: Record<string, string>): Promise<string> {
  const init = { method: 'POST', headers: { 'content-type': 'application/json', ...headers } };
  const response = await fetch(endpoint, { ...init, body: JSON.stringify(body) });
  return response.text();
}

/** An outline with consecutive equal lines merged. */
function withoutRepeats(outline: readonly string[]): string[] {
  return outline.filter((line, position) => line !== outline[position - 1]);
}

async function metrics(): Promise<string> {
  const response = await fetch(marketplace.metricsUrl);
  return response.text();
}

const QUERY_TRACE = [
  'gateway: POST /graphql',
  '  gateway: query',
  '    gateway: fetch catalog',
  '      catalog: query',
  '        catalog: SELECT',
];

test('a query is one trace: request, fetch, subgraph and SQL', async () => {
  const { traceId, headers } = newTrace();
  await post(marketplace.endpoint, { query: CITIES }, headers);
  await eventually(async () => expect(await traces.outline(traceId)).toEqual(QUERY_TRACE));
  const sql = (await traces.spans()).find(({ attributes }) => attributes['db.operation.name'] === 'SELECT');
  expect(sql?.attributes).toMatchObject({ 'db.system.name': 'postgresql', 'db.query.text': expect.any(String) });
});

test('over HTTP the trace is the same', async () => {
  const { url, namespace } = testRedis();
  const redis = new Redis(url);
  const catalog = (await loadSubgraph('catalog')).open({
    ...{ redis, namespace, databaseUrl: marketplace.databaseUrl('catalog') },
    catalogue: await loadEventCatalogue(),
    calls: { query: () => Promise.reject(new Error('catalog queries no other subgraph')) },
    log: openLog({ service: 'catalog', level: 'silent' }),
    instruments: { tracer: traces.telemetry.tracerOf('catalog') },
  });
  const server = serve(catalog);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  const gateway = await createGateway({
    supergraph: { path: SUPERGRAPH, watch: false },
    transportFor: (name) => httpTransport(name, { url: `http://127.0.0.1:${port}/` }),
    identity: { jwks: () => ({ keys: [] }) },
    policies: { venue_sales: () => false },
    tracer: traces.telemetry.tracerOf('gateway'),
    settings: { trustTraceparent: true },
  });
  onTestFinished(async () => {
    await gateway.stop();
    server.close();
    await catalog.stop();
    redis.disconnect();
  });
  const { traceId, headers } = newTrace();
  await post(`${await gateway.listen(0)}/graphql`, { query: CITIES }, headers);
  await eventually(async () => expect(await traces.outline(traceId)).toEqual(QUERY_TRACE));
});

function serve(subgraph: Subgraph) {
  return createServer((request, response) => {
    let text = '';
    request.on('data', (chunk: Buffer) => (text += chunk.toString()));
    request.on('end', async () => {
      const { traceparent } = request.headers;
      const operation = { ...(JSON.parse(text) as GraphRequest), caller: ANONYMOUS, traceparent: String(traceparent) };
      response.setHeader('content-type', 'application/json').end(JSON.stringify(await subgraph.execute(operation)));
    });
  });
}

test('a subscription event belongs to the trace of the mutation that caused it, with the SQL that hydrates it', async () => {
  const { showId } = marketplace;
  const person = marketplace.client();
  const { show } = await person.request(SeatMap, { showId });
  const seatId = show?.seatMap.sections[0]?.rows[0]?.seats[0]?.id;
  const input = { email: 'customer@marquee.test', password: DEMO_PASSWORD };
  const { login } = await person.request(Login, { input });
  person.subscribe({ name: 'Seats', document: SEATS }, { id: showId });
  await eventually(async () => expect(await metrics()).toContain('marquee_gateway_subscriptions{state="live"} 1'));

  const { traceId, headers } = newTrace();
  const variables = { input: { showId, seatIds: [seatId], idempotencyKey: randomUUID() } };
  const authorization = `Bearer ${login.accessToken}`;
  const answer = await post(marketplace.endpoint, { query: HOLD, variables }, { ...headers, authorization });
  expect(answer).toContain('HoldSeatsPayload');
  await eventually(async () => {
    const outline = withoutRepeats(await traces.outline(traceId));
    expect(outline.slice(0, 4)).toEqual([
      'gateway: POST /graphql',
      '  gateway: mutation',
      '    gateway: fetch booking',
      '      booking: mutation',
    ]);
    expect(outline.slice(outline.indexOf('        booking: subscription'))).toEqual([
      '        booking: subscription',
      '          gateway: subscription',
      '            gateway: fetch catalog',
      '              catalog: query',
      '                catalog: SELECT',
    ]);
  });
});

test('a consumer handles an event in the trace that emitted it', async () => {
  await eventually(async () => {
    const spans = await traces.spans();
    const handling = spans.find(({ name }) => name === 'process catalog.shows-scheduled');
    const outline = await traces.outline(String(handling?.spanContext().traceId));
    expect(outline[0]).toBe('gateway: POST /graphql');
    const at = outline.indexOf('        booking: process catalog.shows-scheduled');
    expect(outline[at + 1]).toMatch(/^ {10}booking: [A-Z]+$/);
  });
});

test('/metrics covers the gateway, every subgraph, and their events', async () => {
  const text = await metrics();
  for (const line of [
    /^marquee_gateway_requests_total\{transport="http",status="200"\} [1-9]/m,
    /^marquee_gateway_fetch_duration_seconds_count\{subgraph="catalog",outcome="ok"\} [1-9]/m,
    /^marquee_subgraph_operations_total\{subgraph="booking",type="query",outcome="ok"\} [1-9]/m,
    /^marquee_subgraph_operation_duration_seconds_count\{subgraph="catalog",type="mutation"\} [1-9]/m,
    /^marquee_events_published_total\{domain="catalog"\} [1-9]/m,
    /^marquee_events_handled_total\{consumer="booking",type="catalog.shows-scheduled",outcome="handled"\} 1$/m,
    /^marquee_event_age_seconds_count\{consumer="booking"\} [1-9]/m,
    /^marquee_outbox_unpublished_events\{domain="payments"\} \d/m,
    /^marquee_outbox_lag_seconds\{domain="accounts"\} [\d.]+$/m,
    /^marquee_consumer_lag_events\{consumer="notifications"\} \d/m,
    /^marquee_dead_letters\{consumer="booking"\} 0$/m,
    /^nodejs_eventloop_lag_p99_seconds \d/m,
  ]) {
    expect(text).toMatch(line);
  }
});

test('each request is logged with its trace id, and no credential is logged', async () => {
  const { traceId, headers } = newTrace();
  await post(marketplace.endpoint, { query: CITIES, operationName: 'Cities' }, headers);
  const served = () =>
    lines.map((line) => JSON.parse(line) as Record<string, unknown>).filter(({ msg }) => msg === 'served');
  await eventually(() =>
    expect(served()).toContainEqual(
      expect.objectContaining({ traceId, spanId: expect.any(String), operation: 'Cities', service: 'gateway' }),
    ),
  );
  expect(served().every((line) => typeof line['traceId'] === 'string')).toBe(true);
  expect(lines.join('')).not.toMatch(new RegExp(`eyJ|Bearer|${DEMO_PASSWORD}`));
});
