import { ApolloClient, CombinedProtocolErrors, gql, HttpLink, InMemoryCache } from '@apollo/client';
import { eventually } from '@marquee/testkit';
import { expect, onTestFinished, test } from 'vitest';
import { type GatewayUnderTest, send, startGateway } from '../server/gateway-under-test.ts';

const ACCEPT = 'multipart/mixed;subscriptionSpec=1.0, application/json';
const SEAT_MAP = 'subscription { seatMapChanged(showId: "s1") { version show { title } } }';
const STATUS = 'subscription { bookingStatusChanged(id: "b-ann") { booking { status } } }';
const SEPARATOR = '\r\ncontent-type: application/json; charset=utf-8\r\n\r\n';

function post({ url }: GatewayUnderTest, query: string, headers: Record<string, string> = {}, init: RequestInit = {}) {
  return {
    url,
    init: {
      ...init,
      method: 'POST',
      headers: { accept: ACCEPT, 'content-type': 'application/json', ...headers },
      body: JSON.stringify({ query }),
    },
  };
}

/** Reads the parts of a response as they arrive. */
async function open(under: GatewayUnderTest, query: string, headers: Record<string, string> = {}) {
  const abort = new AbortController();
  onTestFinished(() => abort.abort());
  const { url, init } = post(under, query, headers, { signal: abort.signal });
  const response = await fetch(url, init);
  expect(response.headers.get('content-type')).toBe('multipart/mixed;boundary="graphql";subscriptionSpec=1.0');
  let text = '';
  const read = async () => {
    for await (const chunk of response.body ?? []) text += Buffer.from(chunk as Uint8Array).toString();
  };
  const ended = read().catch(() => {});
  const parts = () =>
    text
      .split('--graphql')
      .filter((part) => part.startsWith(SEPARATOR))
      .map((part) => JSON.parse(part.slice(SEPARATOR.length)) as unknown);
  return { text: () => text, parts, ended, abort: () => abort.abort() };
}

function apolloClient({ url }: GatewayUnderTest, headers: Record<string, string> = {}): ApolloClient {
  const client = new ApolloClient({ cache: new InMemoryCache(), link: new HttpLink({ uri: url, headers }) });
  onTestFinished(() => client.stop());
  return client;
}

function subscribe(client: ApolloClient, query: string) {
  const results: { data?: unknown; error?: unknown }[] = [];
  let isComplete = false;
  const subscription = client.subscribe({ query: gql(query), fetchPolicy: 'no-cache' }).subscribe({
    next: ({ data, error }) => results.push(error ? { error } : { data }),
    complete: () => (isComplete = true),
  });
  onTestFinished(() => subscription.unsubscribe());
  return { results, isComplete: () => isComplete, unsubscribe: () => subscription.unsubscribe() };
}

test('each event is a part with a payload, and the end closes the body', async () => {
  const under = await startGateway();
  const stream = await open(under, 'subscription { countdown(from: 2) }');
  await stream.ended;
  expect(stream.parts()).toEqual([
    {},
    { payload: { data: { countdown: 2 } } },
    { payload: { data: { countdown: 1 } } },
  ]);
  expect(stream.text().startsWith(`--graphql${SEPARATOR}{}\r\n--graphql`)).toBe(true);
  expect(stream.text().endsWith('\r\n--graphql--\r\n')).toBe(true);
});

test('Apollo Client receives events over HTTP, and its end ends the upstream', async () => {
  const under = await startGateway();
  const { results, unsubscribe } = subscribe(apolloClient(under), SEAT_MAP);
  await eventually(() => expect(under.theatre.log.upstreams.get('seats:s1')).toBe(1));
  for (const version of [1, 2]) under.theatre.publish('seats:s1', { version, show: { id: 's1' } });
  await eventually(() =>
    expect(results).toMatchObject([1, 2].map((version) => ({ data: { seatMapChanged: { version } } }))),
  );
  unsubscribe();
  await eventually(() => expect(under.theatre.log.upstreams.get('seats:s1')).toBe(0));
});

test('a subscription without events completes in Apollo Client', async () => {
  const under = await startGateway();
  const { results, isComplete } = subscribe(apolloClient(under), 'subscription { countdown(from: 0) }');
  await eventually(() => expect(isComplete()).toBe(true));
  expect(results).toEqual([]);
});

test('when its token expires, Apollo Client gets SUBSCRIPTION_TOKEN_EXPIRED and the subscription ends', async () => {
  let now = Date.now();
  const under = await startGateway({ now: () => now, settings: { subscriptions: { tickMs: 5 } } });
  const authorization = await under.keys.sign({ expiresIn: 60 });
  const { results, isComplete } = subscribe(apolloClient(under, { authorization }), STATUS);
  await eventually(() => expect(under.theatre.log.upstreams.get('booking:b-ann')).toBe(1));
  now += 90_000;
  await eventually(() => expect(isComplete()).toBe(true));
  const error = results[0]?.error;
  expect(CombinedProtocolErrors.is(error) && error.errors).toMatchObject([
    { extensions: { code: 'SUBSCRIPTION_TOKEN_EXPIRED' } },
  ]);
  expect(under.theatre.log.upstreams.get('booking:b-ann')).toBe(0);
});

test('a new schema that changes the subscription ends it with SUBSCRIPTION_SCHEMA_RELOAD', async () => {
  const under = await startGateway({ settings: { subscriptions: { reloadWindowMs: 20 } } });
  const stream = await open(under, SEAT_MAP);
  await eventually(() => expect(under.theatre.log.upstreams.get('seats:s1')).toBe(1));
  const changed = under.theatre.sdl
    .replace('type SeatMapChange', 'type SeatMapChanges')
    .replaceAll(': SeatMapChange!', ': SeatMapChanges!');
  await under.gateway.engine.load(changed);
  await stream.ended;
  expect(stream.parts().at(-1)).toMatchObject({
    payload: null,
    errors: [{ extensions: { code: 'SUBSCRIPTION_SCHEMA_RELOAD' } }],
  });
});

test('stopping the gateway completes its responses', async () => {
  const under = await startGateway();
  const { results, isComplete } = subscribe(apolloClient(under), SEAT_MAP);
  await eventually(() => expect(under.theatre.log.upstreams.get('seats:s1')).toBe(1));
  await under.gateway.stop();
  await eventually(() => expect(isComplete()).toBe(true));
  expect(results).toEqual([]);
});

test('responses are limited, and one above the limit is RATE_LIMITED', async () => {
  const under = await startGateway({ settings: { subscriptions: { maxSockets: 1 } } });
  await open(under, SEAT_MAP);
  const { url, init } = post(under, SEAT_MAP);
  const { status, body } = await send(url, init);
  expect([status, body.errors?.[0]?.extensions['code']]).toEqual([429, 'RATE_LIMITED']);
});

test('a rejected subscription is a part with errors and no payload', async () => {
  const under = await startGateway();
  const stream = await open(under, 'subscription { nothing }');
  await stream.ended;
  expect(stream.parts()).toMatchObject([
    {},
    { payload: null, errors: [{ extensions: { code: 'GRAPHQL_VALIDATION_FAILED' } }] },
  ]);
});

test('an invalid token is an HTTP error', async () => {
  const under = await startGateway();
  const { url, init } = post(under, STATUS, { authorization: 'Bearer no' });
  const { status, body } = await send(url, init);
  expect([status, body.errors?.[0]?.extensions['code']]).toEqual([401, 'UNAUTHENTICATED']);
});

test.each([
  ['a query', '{ shows { id } }', 200],
  ['a mutation', 'mutation { addView(id: "s1") }', 200],
  ['a document that does not parse', 'subscription {', 200],
])('%s with the same header is a single response', async (_name, query, status) => {
  const under = await startGateway();
  const { url, init } = post(under, query);
  const reply = await send(url, init);
  expect([reply.status, reply.headers.get('content-type')]).toEqual([status, 'application/json; charset=utf-8']);
});

test('heartbeats keep an idle response open, without an event', async () => {
  const under = await startGateway({ settings: { subscriptions: { tickMs: 5, pingEveryMs: 5 } } });
  const stream = await open(under, SEAT_MAP);
  await eventually(() => expect(stream.parts().length).toBeGreaterThan(2));
  expect(new Set(stream.parts().map((part) => JSON.stringify(part)))).toEqual(new Set(['{}']));
});

test('it shares its upstream with event streams, and counts as a transport of its own', async () => {
  const under = await startGateway();
  const stream = await open(under, SEAT_MAP);
  const { url, init } = post(under, SEAT_MAP, { accept: 'text/event-stream' });
  const other = await fetch(url, init);
  const metrics = async () => await under.gateway.metrics.metrics();
  await eventually(async () => expect(await metrics()).toContain('subscriptions{state="live"} 2'));
  expect(under.theatre.log.upstreams.get('seats:s1')).toBe(1);
  await other.body?.cancel();
  stream.abort();
  await eventually(async () =>
    expect(await metrics()).toContain('operations_total{transport="multipart",type="subscription",outcome="ok"} 1'),
  );
});
