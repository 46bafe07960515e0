import { eventually } from '@marquee/testkit';
import { parse } from 'graphql';
import { expect, test } from 'vitest';
import type { GatewayOptions } from '../../src/gateway-options.ts';
import { registeredOperations } from '../../src/protection/safelist.ts';
import { collect, type GatewayUnderTest, send, startGateway } from '../server/gateway-under-test.ts';
import { rawSocket } from '../subscriptions/raw-socket.ts';

const QUERY = '{ shows { id } }';
const JSON_BODY = { 'content-type': 'application/json' };

function post({ url }: GatewayUnderTest, body: unknown, headers: Record<string, string> = {}) {
  return send(url, { method: 'POST', headers: { ...JSON_BODY, ...headers }, body: JSON.stringify(body) });
}

async function charged({ gateway }: GatewayUnderTest): Promise<number> {
  const text = await gateway.metrics.metrics();
  return [...text.matchAll(/points_charged_total\{payer="\w+"\} (\d+)/g)].reduce((sum, [, n]) => sum + Number(n), 0);
}

const aliases = (count: number, field: string) => Array.from({ length: count }, (_, n) => `a${n}: ${field}`).join(' ');

test.each<[string, unknown, number]>([
  ['a query', { query: QUERY }, 1],
  ['aliases', { query: `{ ${aliases(5, 'shows { id }')} }` }, 5],
  ['a mutation', { query: 'mutation { addView(id: "s1") }' }, 10],
  ['a costly query', { query: '{ shows(first: 2500) { id } }' }, 1 + 2],
  [
    'a batch',
    [{ query: QUERY }, { query: `{ ${aliases(3, 'shows { id }')} }` }, { query: 'mutation { noop }' }],
    1 + 3 + 10,
  ],
])('%s is charged by its root fields and its cost, also when it is already compiled', async (_what, body, points) => {
  const under = await startGateway();
  for (let time = 1; time <= 2; time++) {
    expect((await post(under, body)).status).toBe(200);
    expect(await charged(under)).toBe(time * points);
  }
});

/** How an operation is refused: by the gateway's settings, and by what is sent. */
interface Refusal {
  readonly code: string;
  readonly options?: Partial<GatewayOptions>;
  readonly points?: number;
  readonly query?: string;
}

const REFUSALS: Readonly<Record<string, Refusal>> = {
  'does not parse': { code: 'GRAPHQL_PARSE_FAILED', query: '{ shows' },
  'does not validate': { code: 'GRAPHQL_VALIDATION_FAILED', query: '{ nothing }' },
  'has a fragment that spreads itself': {
    code: 'GRAPHQL_VALIDATION_FAILED',
    query: '{ ...F } fragment F on Query { shows { id } ...F }',
  },
  'is too large': {
    code: 'OPERATION_TOO_LARGE',
    options: { settings: { limits: { maxCharacters: 100 } } },
    query: `{ shows { id } } # ${'x'.repeat(100)}`,
  },
  'has too many aliases': {
    code: 'OPERATION_TOO_LARGE',
    options: { settings: { limits: { maxAliases: 3 } } },
    query: `{ ${aliases(4, 'shows { id }')} }`,
  },
  'is too expensive': {
    code: 'OPERATION_TOO_EXPENSIVE',
    options: { settings: { cost: { max: 5_000 } } },
    query: '{ shows(first: 2000000000) { id } }',
    points: 1 + 5,
  },
  'is not registered': {
    code: 'OPERATION_NOT_REGISTERED',
    options: { registeredOperations: registeredOperations([parse('{ secret }')]), settings: { safelist: 'enforce' } },
    query: `{ ${aliases(4, 'shows { id }')} }`,
    points: 4,
  },
};

type Ask = (query: string) => Promise<readonly { readonly code: string; readonly retryAfterSeconds?: number }[]>;

/** Sends one operation over each transport. Resolves to the extensions of its errors. */
const TRANSPORTS: Readonly<Record<string, (under: GatewayUnderTest) => Ask | Promise<Ask>>> = {
  HTTP: (under) => async (query) => extensionsIn((await post(under, { query })).body),
  GET: (under) => async (query) =>
    extensionsIn(
      (await send(`${under.url}?query=${encodeURIComponent(query)}`, { headers: { 'apollo-require-preflight': '1' } }))
        .body,
    ),
  'a batch': (under) => async (query) =>
    extensionsIn(([JSON.parse((await post(under, [{ query }])).text)] as object[]).flat()[0]),
  'a response in parts': (under) => async (query) =>
    extensionsIn(
      (await post(under, { query }, { accept: 'multipart/mixed;deferSpec=20220824, application/json' })).body,
    ),
  'an event stream': (under) => async (query) => {
    const { text } = await post(under, { query }, { accept: 'text/event-stream' });
    return extensionsIn(JSON.parse(/^data: (\{.*)$/m.exec(text)?.[1] ?? text) as object);
  },
  'a multipart response': (under) => async (query) =>
    extensionsIn(
      (await post(under, { query }, { accept: 'multipart/mixed;subscriptionSpec=1.0, application/json' })).body,
    ),
  'a socket': (under) => {
    const client = under.client();
    return async (query) => {
      const one = collect(client, query);
      await eventually(() => expect(one.end).toBeDefined());
      return extensionsIn({ errors: one.end?.error ?? [] });
    };
  },
};

function extensionsIn(body: object | undefined) {
  const { errors = [] } = body as { errors?: { extensions: { code: string; retryAfterSeconds?: number } }[] };
  return errors.map(({ extensions }) => extensions);
}

const codes = (body: object | undefined) => extensionsIn(body).map(({ code }) => code);

const TABLE = Object.keys(TRANSPORTS).flatMap((transport) =>
  Object.keys(REFUSALS).map((why) => [transport, why] as const),
);

test.each(TABLE)('over %s, an operation that %s is refused and charged', async (transport, why) => {
  const { code, options = {}, query = QUERY, points = 1 } = REFUSALS[why] as Refusal;
  const under = await startGateway(options);
  const ask = await (TRANSPORTS[transport] as (under: GatewayUnderTest) => Ask)(under);
  for (let time = 1; time <= 2; time++) {
    expect(await ask(query)).toMatchObject([{ code }]);
    expect(await charged(under)).toBe(time * points);
  }
  expect(await under.gateway.metrics.metrics()).toContain(`marquee_gateway_requests_refused_total{code="${code}"} 2`);
});

test.each(Object.keys(TRANSPORTS))(
  'over %s, an operation above the limit is told how long to wait',
  async (transport) => {
    const under = await startGateway({ settings: { rateLimits: { perAnonymous: 1 } } });
    const ask = await (TRANSPORTS[transport] as (under: GatewayUnderTest) => Ask)(under);
    expect(await ask(QUERY)).toEqual([]);
    const [refused] = await ask(QUERY);
    expect(refused).toEqual({ code: 'RATE_LIMITED', retryAfterSeconds: expect.closeTo(60, -1) });
  },
);

test.each<[string, number, (under: GatewayUnderTest) => Promise<{ status: number }>]>([
  ['an invalid token', 401, (under) => post(under, { query: QUERY }, { authorization: 'Bearer no' })],
  ['a body that is no JSON', 400, ({ url }) => send(url, { method: 'POST', headers: JSON_BODY, body: '{' })],
  ['a body that is too large', 413, (under) => post(under, { query: 'x'.repeat(2_000) })],
  ['a request that another website may cause', 400, ({ url }) => send(`${url}?query=${QUERY}`, {})],
  ['an unknown persisted query', 200, (under) => post(under, { documentId: `sha256:${'0'.repeat(64)}` })],
  ['a request without a document', 400, (under) => post(under, {})],
  [
    'an event stream that was not reserved',
    404,
    ({ url }) => send(`${url}?token=x`, { headers: { accept: 'text/event-stream' } }),
  ],
  [
    'an operation of such a stream',
    404,
    ({ url }) => send(`${url}?token=x`, { method: 'POST', headers: JSON_BODY, body: '{}' }),
  ],
])('%s is charged to its network', async (_what, status, request) => {
  const settings = { maxBodyBytes: 1_000, rateLimits: { perAnonymous: 3 } };
  const under = await startGateway({ settings });
  for (let time = 1; time <= 3; time++) expect((await request(under)).status).toBe(status);
  expect((await request(under)).status).toBe(429);
  expect((await under.ask(QUERY)).status).toBe(429);
  expect((await under.ask(QUERY, { headers: { authorization: await under.keys.sign() } })).status).toBe(200);
});

test('reservations of event streams are charged', async () => {
  const under = await startGateway({ settings: { rateLimits: { perAnonymous: 2 } } });
  const reserve = async () => (await send(under.url, { method: 'PUT' })).status;
  expect([await reserve(), await reserve(), await reserve()]).toEqual([201, 201, 429]);
});

test('a batch of many mutations runs no more of them than the limit allows', async () => {
  const under = await startGateway({ settings: { rateLimits: { perAnonymous: 1_000 } } });
  const query = `mutation { ${aliases(20, 'addView(id: "s1")')} }`;
  const { status, text } = await post(
    under,
    Array.from({ length: 10 }, () => ({ query })),
  );
  const answers = JSON.parse(text) as { data?: object; errors?: object[] }[];
  expect(answers.filter(({ data }) => data)).toHaveLength(4);
  expect(answers.filter(({ errors }) => errors).map((answer) => codes(answer))).toEqual(
    Array.from({ length: 6 }, () => ['RATE_LIMITED']),
  );
  // Otherwise clients would take what was done for failed.
  expect(status).toBe(200);
  const refused = await post(
    under,
    Array.from({ length: 2 }, () => ({ query })),
  );
  expect([refused.status, Number(refused.headers.get('retry-after'))]).toEqual([429, expect.closeTo(60, -1)]);
  expect(under.theatre.log.requests.filter(({ request }) => request.query.includes('addView'))).toHaveLength(4);
});

const from = (address: string, authorization?: string) => ({
  headers: { 'x-forwarded-for': address, ...(authorization && { authorization }) },
});

test('a flood of anonymous requests refuses neither who is signed in on its network, nor other networks', async () => {
  const settings = { trustedProxies: 1, rateLimits: { perAnonymous: 20, perNetwork: 100 } };
  const under = await startGateway({ settings });
  const ann = await under.keys.sign({ userId: 'ann' });
  const flood = await Promise.all(
    Array.from({ length: 60 }, (_, n) =>
      under.ask(n % 2 ? '{ nothing' : QUERY, from('192.0.2.1', n % 3 ? undefined : 'Bearer no')),
    ),
  );
  expect(flood.filter(({ status }) => status === 429)).toHaveLength(40);
  expect((await under.ask(QUERY, from('192.0.2.1', ann))).status).toBe(200);
  expect((await under.ask(QUERY, from('192.0.2.2'))).status).toBe(200);
  expect((await under.ask(QUERY, from('192.0.2.1'))).status).toBe(429);
});

test('documents, pages and webhooks are limited by their network before they are read, and no other network’s', async () => {
  const made: string[] = [];
  const { gateway } = await startGateway({
    settings: { trustedProxies: 1, rateLimits: { perAnonymous: 50, webhooksPerNetwork: 60 } },
    routes: (app) => {
      app.get('/documents/booking/:name', async ({ url }) => void made.push(url));
      app.get('/pages/accounts/sign-in', async () => 'asked');
      app.post('/webhooks/payments', async () => 'received');
    },
  });
  const get = async (network: string) =>
    (await gateway.app.inject({ url: '/documents/booking/1.pdf', ...from(network) })).statusCode;
  expect([await get('192.0.2.1'), await get('192.0.2.1'), await get('192.0.2.1')]).toEqual([200, 200, 429]);
  expect(made).toHaveLength(2);
  expect(await get('192.0.2.2')).toBe(200);
  const page = { url: '/pages/accounts/sign-in', ...from('192.0.2.3') };
  const pages = await Promise.all(Array.from({ length: 60 }, () => gateway.app.inject(page)));
  expect(pages.filter(({ statusCode }) => statusCode === 429)).toHaveLength(10);
  const webhook = { method: 'POST', url: '/webhooks/payments', ...from('192.0.2.1') } as const;
  const webhooks = await Promise.all(Array.from({ length: 70 }, () => gateway.app.inject(webhook)));
  expect(webhooks.filter(({ statusCode }) => statusCode === 200)).toHaveLength(60);
  expect(webhooks.at(-1)).toMatchObject({ statusCode: 429, headers: { 'retry-after': expect.anything() } });
  expect((await gateway.app.inject({ ...webhook, ...from('192.0.2.4') })).statusCode).toBe(200);
});

test('a user above the limit does not use up the limit of the network', async () => {
  const settings = { trustedProxies: 1, rateLimits: { perCaller: 20, perNetwork: 60 } };
  const under = await startGateway({ settings });
  const [eve, ann] = [await under.keys.sign({ userId: 'eve' }), await under.keys.sign({ userId: 'ann' })];
  const flood = await Promise.all(Array.from({ length: 100 }, () => under.ask(QUERY, from('192.0.2.1', eve))));
  expect(flood.filter(({ status }) => status === 200)).toHaveLength(20);
  for (let n = 0; n < 15; n++) expect((await under.ask(QUERY, from('192.0.2.1', ann))).status).toBe(200);
});

test('above the limit, a socket stays open and its operations are refused with the time to wait', async () => {
  const under = await startGateway({ settings: { rateLimits: { perAnonymous: 2 } } });
  const { send: say, messages } = await rawSocket(under);
  for (const id of ['1', '2', '3'])
    say({ id, type: 'subscribe', payload: { query: id === '2' ? '{ nothing' : QUERY } });
  await eventually(() => expect(messages.filter(({ type }) => type === 'error')).toHaveLength(2));
  const third = messages.find(({ id }) => id === '3');
  expect(third?.['payload']).toMatchObject([{ extensions: { code: 'RATE_LIMITED', retryAfterSeconds: 60 } }]);
  say({ type: 'ping' });
  await eventually(() => expect(messages).toContainEqual({ type: 'pong' }));
});
