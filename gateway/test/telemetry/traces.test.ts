import { type Server, createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { openLog, startTelemetry } from '@marquee/telemetry';
import { eventually, recordTraces, type RecordedTraces } from '@marquee/testkit';
import { expect, onTestFinished, test } from 'vitest';
import { inProcessTransport } from '../../src/transports/in-process.ts';
import { SubgraphUnavailableError } from '../../src/transports/subgraph-transport.ts';
import { collect, startGateway } from '../server/gateway-under-test.ts';
import { theatre } from '../server/theatre.ts';

const TRACE_ID = 'a'.repeat(32);
const SAMPLED = { traceparent: `00-${TRACE_ID}-${'b'.repeat(16)}-01` };
const SEAT_MAP = 'subscription Seats { seatMapChanged(showId: "s1") { version show { title } } }';

const recorded = ({ telemetry }: RecordedTraces) => ({
  tracer: telemetry.tracerOf('gateway'),
  settings: { trustTraceparent: true },
});

test('a request, its operation and each fetch are nested spans', async () => {
  const traces = recordTraces();
  const { ask, theatre: backend } = await startGateway(recorded(traces));
  await ask('query Shows { shows { title available } }', {
    headers: { ...SAMPLED, 'apollographql-client-name': 'kiosk' },
  });
  await eventually(async () =>
    expect(await traces.outline(TRACE_ID)).toEqual([
      'gateway: POST /graphql',
      '  gateway: query',
      '    gateway: fetch catalog',
      '    gateway: fetch booking',
    ]),
  );
  const [request, operation, fetch] = await traces.spans();
  expect(request?.attributes).toMatchObject({ 'http.response.status_code': 200, 'marquee.client.name': 'kiosk' });
  expect(operation?.attributes).toEqual({ 'graphql.operation.type': 'query', 'graphql.operation.name': 'Shows' });
  expect(fetch?.attributes).toMatchObject({ 'marquee.subgraph': 'catalog', 'marquee.fetch.outcome': 'ok' });
  // The subgraph's traceparent is the span of the fetch.
  expect(backend.log.requests[0]?.request.traceparent).toBe(`00-${TRACE_ID}-${fetch?.spanContext().spanId}-01`);
});

test('the span of a fetch has its retries and its failure', async () => {
  const traces = recordTraces();
  const backend = theatre();
  const { ask } = await startGateway({
    ...recorded(traces),
    supergraph: { sdl: backend.sdl },
    transportFor: (name) => ({
      ...inProcessTransport(backend.subgraphs[name] as never),
      execute: () => Promise.reject(new SubgraphUnavailableError(name)),
    }),
    settings: { trustTraceparent: true, guards: { retry: { retries: 2, baseDelayMs: 1 } } },
  });
  await ask('{ shows { id } }', { headers: SAMPLED });
  await eventually(async () => {
    const fetch = (await traces.spans()).find(({ name }) => name === 'fetch catalog');
    expect(fetch?.attributes).toMatchObject({ 'marquee.fetch.retries': 2, 'marquee.fetch.outcome': 'unreachable' });
  });
});

test('an operation on a socket is a span, and so is each hydrated event, in the trace of its cause', async () => {
  const traces = recordTraces();
  const { client, theatre: backend } = await startGateway(recorded(traces));
  const { events } = collect(client(), SEAT_MAP);
  await eventually(async () => {
    backend.publish('seats:s1', { version: 1, show: { id: 's1' } });
    await eventually(() => expect(events).not.toEqual([]), { timeoutMs: 100 });
  });
  await eventually(async () => {
    const spans = await traces.spans();
    const event = spans.find(({ attributes }) => 'marquee.subscription.clients' in attributes);
    expect(event?.attributes).toMatchObject({ 'graphql.operation.name': 'Seats', 'marquee.subscription.clients': 1 });
    expect(await traces.outline(String(event?.spanContext().traceId))).toEqual([
      'gateway: subscription',
      '  gateway: fetch catalog',
    ]);
    expect(spans.filter(({ name }) => name === 'subscription').length).toBeGreaterThanOrEqual(2);
  });
});

test('a socket chooses no trace, even where a proxy vouches for those of requests', async () => {
  const { client, theatre: backend } = await startGateway({ settings: { trustTraceparent: true } });
  const traceparent = `00-${TRACE_ID}-${'b'.repeat(16)}-01`;
  const { events } = collect(client(), '{ shows { id } }', {}, { traceparent });
  await eventually(() => expect(events).toHaveLength(1));
  expect(backend.log.requests.map(({ request }) => request.traceparent).join()).not.toContain(TRACE_ID);
});

test('an unsampled request has no spans, and propagates that to the subgraphs', async () => {
  const traces = recordTraces({ sampleRatio: 0 });
  const { ask, theatre: backend } = await startGateway(recorded(traces));
  await ask('{ shows { title available } }');
  await ask('{ shows { id } }', { headers: { traceparent: `00-${TRACE_ID}-${'b'.repeat(16)}-00` } });
  const sent = backend.log.requests.map(({ request }) => request.traceparent);
  expect(sent).toHaveLength(3);
  for (const traceparent of sent) expect(traceparent).toMatch(/^00-[0-9a-f]{32}-[0-9a-f]{16}-00$/);
  expect(sent.at(-1)).toContain(TRACE_ID);
  expect(await traces.spans()).toEqual([]);
});

test('a trace sampled by the client is recorded whatever the ratio', async () => {
  const traces = recordTraces({ sampleRatio: 0 });
  const { ask } = await startGateway(recorded(traces));
  await ask('{ shows { id } }', { headers: SAMPLED });
  await eventually(async () => expect(await traces.outline(TRACE_ID)).toHaveLength(3));
});

test.each([true, false])(
  'a client that is not trusted chooses neither id nor sampling; its trace is a link (%s)',
  async (sampled) => {
    const traces = recordTraces({ sampleRatio: sampled ? 1 : 0 });
    const tracer = traces.telemetry.tracerOf('gateway');
    const { ask, client } = await startGateway({ tracer });
    const flags = sampled ? '00' : '01';
    const traceparent = `00-${TRACE_ID}-${'b'.repeat(16)}-${flags}`;
    const { body } = await ask('{ broken }', { headers: { traceparent } });
    expect(body.errors?.[0]?.extensions['traceId']).toMatch(/^(?!a{32})[0-9a-f]{32}$/);
    const { events } = collect(client(), '{ broken }', {}, { traceparent });
    await eventually(() => expect(events).toHaveLength(1));
    await eventually(async () => {
      const spans = await traces.spans();
      expect(spans.filter((span) => span.spanContext().traceId === TRACE_ID)).toEqual([]);
      const roots = spans.filter(({ parentSpanContext }) => parentSpanContext === undefined);
      const linked = roots.map(({ links }) => links.map(({ context }) => context.traceId));
      expect(linked).toEqual(sampled ? [[TRACE_ID], [TRACE_ID]] : []);
    });
  },
);

test('a masked error has the id of the exported trace', async () => {
  const traces = recordTraces();
  const { ask } = await startGateway(recorded(traces));
  const { body } = await ask('{ broken }');
  const traceId = String(body.errors?.[0]?.extensions['traceId']);
  await eventually(async () => expect((await traces.outline(traceId))[0]).toBe('gateway: POST /graphql'));
});

test('no span contains credentials or variables', async () => {
  const traces = recordTraces();
  const { ask, keys } = await startGateway(recorded(traces));
  const authorization = await keys.sign();
  const query = 'mutation Rename($title: String!) { rename(id: "s1", title: $title) { title } }';
  await ask(query, {
    variables: { title: 'swordfish' },
    headers: { ...SAMPLED, authorization, cookie: 'sid=hunter2' },
  });
  await eventually(async () => expect(await traces.outline(TRACE_ID)).toHaveLength(3));
  const text = JSON.stringify(
    (await traces.spans()).map(({ name, attributes, events }) => ({ name, attributes, events })),
  );
  expect(text).not.toMatch(/Bearer|eyJ|swordfish|hunter2/);
});

test.each([
  ['that refuses connections', undefined],
  ['that never answers', () => createServer(() => undefined)],
])('a collector %s affects no request and does not delay the stop', async (_name, collector) => {
  const server = collector?.() ?? createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  if (!collector) await closed(server);
  const telemetry = await startTelemetry({
    settings: { traces: true, sampleRatio: 1, url: `http://127.0.0.1:${port}/v1/traces` },
    log: openLog({ service: 'gateway', level: 'silent' }),
  });
  onTestFinished(() => closed(server));
  const { ask } = await startGateway({ tracer: telemetry.tracerOf('gateway'), settings: { trustTraceparent: true } });
  expect((await ask('{ shows { id } }')).status).toBe(200);
  const startedAt = performance.now();
  await telemetry.stop();
  expect(performance.now() - startedAt).toBeLessThan(3_000);
});

async function closed(server: Server): Promise<void> {
  server.closeAllConnections();
  if (server.listening) await new Promise<void>((resolve) => server.close(() => resolve()));
}
