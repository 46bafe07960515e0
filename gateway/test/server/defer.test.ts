import { EventEmitter, once } from 'node:events';
import { get } from 'node:http';
import { ApolloClient, gql, HttpLink, InMemoryCache } from '@apollo/client';
import { Defer20220824Handler, GraphQL17Alpha9Handler } from '@apollo/client/incremental';
import { openLog } from '@marquee/telemetry';
import { eventually } from '@marquee/testkit';
import { Client, fetchExchange } from '@urql/core';
import fastify from 'fastify';
import {
  buildClientSchema,
  buildSchema,
  getIntrospectionQuery,
  type IntrospectionQuery,
  parse,
  printSchema,
  validate,
} from 'graphql';
import { meros } from 'meros/browser';
import { expect, onTestFinished, test } from 'vitest';
import type { GatewayOptions } from '../../src/gateway-options.ts';
import { disconnection } from '../../src/subscriptions/stream-head.ts';
import { collect, type GatewayUnderTest, startGateway } from './gateway-under-test.ts';
import { type Theatre, theatre } from './theatre.ts';

const APOLLO = 'multipart/mixed;deferSpec=20220824,application/graphql-response+json,application/json;q=0.9';
const DRAFT = 'multipart/mixed;incrementalSpec=v0.2,application/graphql-response+json,application/json;q=0.9';
const SEATS = 'query Seats { shows { title ... @defer(label: "seats") { available } } }';
const TITLES = { shows: [{ title: 'Hamlet' }, { title: 'Faust' }] };
const WHOLE = { shows: ['Hamlet', 'Faust'].map((title) => ({ title, available: 42 })) };

interface Sent {
  readonly accept?: string;
  readonly headers?: Record<string, string>;
  readonly signal?: AbortSignal;
  readonly body?: object;
}

function post(
  { url }: Pick<GatewayUnderTest, 'url'>,
  query: string,
  { accept = DRAFT, headers, signal, body }: Sent = {},
) {
  return fetch(url, {
    method: 'POST',
    headers: { 'content-type': 'application/json', accept, ...headers },
    body: JSON.stringify({ query, ...body }),
    ...(signal && { signal }),
  });
}

async function* partsOf(response: Response): AsyncGenerator<unknown> {
  const parts = await meros(response);
  if (!(Symbol.asyncIterator in parts)) throw new Error(`Not in parts: ${await parts.text()}`);
  for await (const part of parts) yield part.body;
}

async function allParts(under: GatewayUnderTest, query: string, sent: Sent = {}): Promise<unknown[]> {
  const parts: unknown[] = [];
  for await (const part of partsOf(await post(under, query, sent))) parts.push(part);
  return parts;
}

/** A theatre whose seats are counted when the test says so. */
function waitingTheatre(): Theatre & { open(): void } {
  const backend = theatre();
  let open = (): void => {};
  const opened = new Promise<void>((resolve) => (open = resolve));
  onTestFinished(open);
  const { booking } = backend.subgraphs;
  if (booking === undefined) throw new Error('There is no booking');
  const waiting = { ...booking, execute: async (request: never) => opened.then(() => booking.execute(request)) };
  return { ...backend, subgraphs: { ...backend.subgraphs, booking: waiting }, open };
}

test("a deferred fragment is delivered in the format of Apollo's clients", async () => {
  const under = await startGateway();
  const response = await post(under, SEATS, { accept: APOLLO });
  expect(response.headers.get('content-type')).toBe('multipart/mixed;boundary="graphql";deferSpec=20220824');
  expect(response.headers.get('cache-control')).toBe('no-store');
  const entry = (index: number) => ({ data: { available: 42 }, path: ['shows', index], label: 'seats' });
  const parts: unknown[] = [];
  for await (const part of partsOf(response)) parts.push(part);
  expect(parts).toEqual([
    { data: TITLES, hasNext: true },
    { incremental: [entry(0), entry(1)], hasNext: false },
  ]);
});

test("a deferred fragment is delivered in the format of the specification's draft", async () => {
  const pending = [0, 1].map((index) => ({ id: String(index), path: ['shows', index], label: 'seats' }));
  expect(await allParts(await startGateway(), SEATS)).toEqual([
    { data: TITLES, pending, hasNext: true },
    {
      incremental: pending.map(({ id }) => ({ data: { available: 42 }, id })),
      completed: pending.map(({ id }) => ({ id })),
      hasNext: false,
    },
  ]);
});

test('a field below another that was delivered has a subPath', async () => {
  const query = '{ shows(first: 1) { id } ... @defer { shows(first: 1) { available } } }';
  const [, second] = await allParts(await startGateway(), query);
  expect(second).toMatchObject({
    incremental: [{ id: '0', subPath: ['shows', 0], data: { available: 42 } }, { id: '0' }],
  });
});

test('the first part arrives while a deferred fetch is waiting', async () => {
  const backend = waitingTheatre();
  const parts = partsOf(await post(await startGateway({}, backend), SEATS));
  expect((await parts.next()).value).toMatchObject({ data: TITLES, hasNext: true });
  backend.open();
  expect((await parts.next()).value).toMatchObject({ completed: [{ id: '0' }, { id: '1' }], hasNext: false });
  expect((await parts.next()).done).toBe(true);
});

test('a client that does not accept parts gets the whole response at once, over any transport', async () => {
  const under = await startGateway();
  expect((await under.ask(SEATS)).body).toEqual({ data: WHOLE });
  expect((await under.ask(SEATS, { headers: { accept: 'application/json' } })).body).toEqual({ data: WHOLE });
  const onSocket = collect(under.client(), SEATS);
  await eventually(() => expect(onSocket.end).toBeDefined());
  expect(onSocket.events).toEqual([{ data: WHOLE }]);
  const events = await (await post(under, SEATS, { accept: 'text/event-stream' })).text();
  expect(events).toContain(`data: ${JSON.stringify({ data: WHOLE })}\n`);
});

test('without anything to defer, a response has one part or is a single one', async () => {
  const under = await startGateway();
  const off = 'query ($later: Boolean!) { shows { title ... @defer(if: $later) { available } } }';
  const sent = { body: { variables: { later: false } } };
  expect(await allParts(under, off, sent)).toEqual([{ data: WHOLE, hasNext: false }]);
  const plain = await post(under, '{ shows { title } }');
  expect(plain.headers.get('content-type')).toMatch('application/graphql-response+json');
});

test('an operation that is not executed has a single response with its status', async () => {
  const under = await startGateway();
  const invalid = await post(under, '{ shows { ... @defer { titel } } }');
  expect([invalid.status, invalid.headers.get('content-type')]).toEqual([200, 'application/json; charset=utf-8']);
  expect(await invalid.json()).toMatchObject({ errors: [{ extensions: { code: 'GRAPHQL_VALIDATION_FAILED' } }] });
  const unsigned = await post(under, SEATS, { headers: { authorization: 'Bearer nonsense' } });
  expect(unsigned.status).toBe(401);
  const limited = await startGateway({ settings: { cost: { max: 5 } } });
  expect(await (await post(limited, SEATS)).json()).toMatchObject({
    errors: [{ extensions: { code: 'OPERATION_TOO_EXPENSIVE' } }],
  });
});

test('an unauthorised field is an error of the part that has it', async () => {
  const under = await startGateway();
  const query = '{ shows(first: 1) { title ... @defer { earnings } } secret }';
  const [first, second] = await allParts(under, query, { accept: APOLLO });
  expect(first).toMatchObject({ data: { secret: null }, errors: [{ path: ['secret'] }] });
  expect(second).toMatchObject({
    incremental: [
      {
        data: { earnings: null },
        errors: [{ path: ['shows', 'earnings'], extensions: { code: 'UNAUTHORIZED_FIELD_OR_TYPE' } }],
      },
      {},
    ],
  });
});

test('a persisted query may be deferred, over POST and GET', async () => {
  const under = await startGateway();
  const { createHash } = await import('node:crypto');
  const sha256Hash = createHash('sha256').update(SEATS).digest('hex');
  const extensions = { persistedQuery: { version: 1, sha256Hash } };
  const unknown = await post(under, '', { body: { query: undefined, extensions } });
  expect(await unknown.json()).toMatchObject({ errors: [{ extensions: { code: 'PERSISTED_QUERY_NOT_FOUND' } }] });
  expect(await allParts(under, SEATS, { body: { extensions } })).toHaveLength(2);
  expect(await allParts(under, '', { body: { query: undefined, extensions } })).toHaveLength(2);
  const address = `${under.url}?extensions=${encodeURIComponent(JSON.stringify(extensions))}`;
  const parts: unknown[] = [];
  for await (const part of partsOf(await fetch(address, { headers: { accept: APOLLO } }))) parts.push(part);
  expect(parts).toHaveLength(2);
});

interface Line {
  readonly msg: string;
}

/** A gateway with the lines of its log. */
async function logged(options: Partial<GatewayOptions> = {}) {
  const lines: Line[] = [];
  const destination = { write: (line: string) => void lines.push(JSON.parse(line) as Line) };
  const log = openLog({ service: 'gateway', level: 'debug', destination });
  const under = await startGateway({ ...options, log });
  return { ...under, lines, served: () => lines.filter(({ msg }) => msg === 'served') };
}

test('the response is recorded as one operation, with its cost in the last part', async () => {
  const under = await logged();
  const [first, second] = await allParts(under, SEATS, { body: { extensions: { cost: true } } });
  expect(first).not.toHaveProperty('extensions');
  expect(second).toMatchObject({ extensions: { cost: { estimated: 40, actual: 2, max: 10_000 } } });
  await eventually(() => expect(under.served()).toHaveLength(1));
  expect(under.served()).toMatchObject([{ operation: 'Seats', status: 200, transport: 'http' }]);
});

test('a failure between two parts is logged and ends the response', async () => {
  const random = () => {
    throw new Error('the cost cannot be recorded');
  };
  const under = await logged({ random });
  const response = await post(under, SEATS);
  await expect(response.text()).rejects.toThrow('terminated');
  await eventually(() => expect(under.lines).toContainEqual(expect.objectContaining({ msg: 'an operation failed' })));
});

test('the signal of a client that disconnected earlier is aborted', async () => {
  const app = fastify();
  onTestFinished(() => app.close());
  const isAborted = new Promise((resolve) => {
    app.get('/', async (_request, reply) => {
      reply.hijack();
      client.destroy();
      await once(reply.raw, 'close');
      resolve(disconnection(reply).aborted);
    });
  });
  // An aborted fetch may keep its connection for seconds.
  const client = get(await app.listen({ port: 0 })).on('error', () => {});
  expect(await isAborted).toBe(true);
});

test('many fetches listen to the disconnection of one client without a warning', async () => {
  const warnings: Error[] = [];
  const warn = (warning: Error): unknown => warnings.push(warning);
  process.on('warning', warn);
  onTestFinished(() => void process.off('warning', warn));
  const signal = disconnection({ raw: new EventEmitter() } as never);
  for (let n = 0; n < 20; n++) signal.addEventListener('abort', () => {});
  await new Promise((resolve) => setImmediate(resolve));
  expect(warnings).toEqual([]);
});

test('when the client disconnects, no further fetch begins', async () => {
  const backend = waitingTheatre();
  const under = await startGateway({}, backend);
  const abort = new AbortController();
  const query = 'query Left { shows { id ... @defer { available ... @defer { title } } } }';
  const parts = partsOf(await post(under, query, { signal: abort.signal }));
  await parts.next();
  abort.abort();
  const counted = /marquee_gateway_operations_total\{[^}]*\} 1/;
  await eventually(async () => expect(await under.gateway.metrics.metrics()).toMatch(counted));
  backend.open();
  // Its seats are counted after those of the other operation.
  expect((await under.ask('query After { shows { id available } }')).body.data).toBeDefined();
  const asked = backend.log.requests.map(({ subgraph, request }) => `${subgraph} ${request.operationName ?? ''}`);
  expect(asked.filter((each) => /catalog Left/.test(each))).toHaveLength(1);
});

test.each([
  ['20220824', () => new Defer20220824Handler()],
  ['v0.2', () => new GraphQL17Alpha9Handler()],
])('Apollo Client shows the first part, then the deferred fields (%s)', async (_format, handler) => {
  const backend = waitingTheatre();
  const { url } = await startGateway({}, backend);
  const link = new HttpLink({ uri: url });
  const client = new ApolloClient({
    cache: new InMemoryCache(),
    link,
    incrementalHandler: handler() as Defer20220824Handler,
  });
  onTestFinished(() => client.stop());
  const seen: unknown[] = [];
  const watched = client.watchQuery({ query: gql(SEATS) }).subscribe(({ data, dataState }) => {
    if (dataState !== 'empty') seen.push(withoutTypenames(data));
  });
  onTestFinished(() => watched.unsubscribe());
  await eventually(() => expect(seen.at(-1)).toEqual(TITLES));
  backend.open();
  await eventually(() => expect(seen.at(-1)).toEqual(WHOLE));
});

test('urql, which accepts parts of any format, gets deferred fields', async () => {
  const { url } = await startGateway();
  const client = new Client({ url, exchanges: [fetchExchange], preferGetMethod: false });
  const results: unknown[] = [];
  await new Promise<void>((resolve) => {
    client.query(SEATS, {}).subscribe(({ data, hasNext }) => {
      results.push(withoutTypenames(data));
      if (!hasNext) resolve();
    });
  });
  expect([results[0], results.at(-1)]).toEqual([TITLES, WHOLE]);
});

test('introspection describes @defer', async () => {
  const { ask } = await startGateway();
  const { data } = (await ask(getIntrospectionQuery())).body;
  const schema = buildClientSchema(data as IntrospectionQuery);
  const defer = schema.getDirective('defer');
  const given = defer?.args.map(({ name, type, defaultValue }) => [name, String(type), defaultValue]);
  expect([defer?.locations, given]).toEqual([
    ['FRAGMENT_SPREAD', 'INLINE_FRAGMENT'],
    [
      ['label', 'String', undefined],
      ['if', 'Boolean!', true],
    ],
  ]);
  expect([defer, ...(defer?.args ?? [])].map((each) => each?.description)).not.toContain(undefined);
  // Code generators validate a client's operations with it.
  expect(validate(buildSchema(printSchema(schema)), parse(SEATS))).toEqual([]);
});

function withoutTypenames(value: unknown): unknown {
  return JSON.parse(
    JSON.stringify(value, (key, inner: unknown) => (key === '__typename' ? undefined : inner)),
  ) as unknown;
}
