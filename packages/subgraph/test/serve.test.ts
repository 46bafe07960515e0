import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { httpCalls } from '@marquee/identity';
import { eventually, testServiceKeys } from '@marquee/testkit';
import type { Client } from 'graphql-ws';
import { expect, onTestFinished, test } from 'vitest';

import { ANONYMOUS, type UserCaller } from '../src/index.ts';
import { serve } from './served.ts';

const user: UserCaller = {
  kind: 'user',
  userId: 'usr_1',
  sessionId: 'ses_1',
  roles: [],
  scopes: [],
  authenticatedAt: new Date(),
  emailVerified: true,
  expiresAt: new Date('2100-01-01'),
};
const TRACEPARENT = `00-${'ab'.repeat(16)}-${'cd'.repeat(8)}-01`;

test('a response over HTTP is byte for byte the in-process one', async () => {
  const { subgraph, ask, token, services } = await serve();
  const requests = [
    { query: '{ me at __typename }' },
    { query: '{ me wrong broken }' },
    { query: '{ inner }' },
    { query: 'query($of: String!) { text(of: $of) }', variables: { of: '“ü”' } },
    { query: 'query($of: String!) { text(of: $of) }', variables: { of: 'a\u0000' } },
    { query: 'query($of: String!) { text(of: $of) }', variables: { of: 7 } },
    { query: '{ nothing }' },
    { query: '{ me' },
    { query: 'query A { me } query B { at }', operationName: 'B' },
    { query: 'query A { me }', operationName: 'C' },
    { query: '{ _service { sdl } }' },
  ];
  const forwardedBy = await services.signerOf('gateway', 'forward')('sample');
  const headers = { authorization: await token(), traceparent: TRACEPARENT, 'marquee-forwarded-by': forwardedBy };
  for (const request of requests) {
    const inProcess = await subgraph.execute({ ...request, caller: user, traceparent: TRACEPARENT });
    const { errors, data } = inProcess;
    const text = JSON.stringify({ errors, data });
    expect((await ask(request, headers)).text.trim()).toBe(text);
  }
});

test('events and errors over a socket are the in-process ones', async () => {
  const { socket, token } = await serve();
  expect(await read(socket(await token()), 'subscription { ticks }')).toMatchObject([
    { data: { ticks: 10 } },
    { data: { ticks: 20 } },
  ]);
  expect(await read(socket(), 'subscription { ticks }')).toMatchObject([
    { errors: [{ path: ['ticks'], extensions: { code: 'UNAUTHENTICATED' } }] },
  ]);
  expect(await read(socket(), 'subscription { nothing }')).toMatchObject([
    { errors: [{ extensions: { code: 'BAD_USER_INPUT' } }] },
  ]);
});

test('an unsubscription ends the subgraph’s stream', async () => {
  const { socket, isListenedTo } = await serve();
  const unsubscribe = socket().subscribe(
    { query: 'subscription { endless }' },
    { next() {}, error() {}, complete() {} },
  );
  await eventually(() => expect(isListenedTo()).toBe(true));
  unsubscribe();
  await eventually(() => expect(isListenedTo()).toBe(false));
});

test('the port rejects requests without a valid token', async () => {
  const { ask, token, socket, services } = await serve();
  const stranger = testServiceKeys().signerOf('payments');
  const elsewhere = services.signerOf('payments');
  const refused = [
    await token({ forged: true }),
    await token({ expiresIn: -1 }),
    'Bearer nonsense',
    await stranger('sample'),
    await elsewhere('booking'),
    'Service nonsense',
  ];
  for (const authorization of refused) {
    const { status, text } = await ask({ query: '{ me }' }, { authorization });
    expect([status, JSON.parse(text)]).toMatchObject([401, { errors: [{ extensions: { code: 'UNAUTHENTICATED' } }] }]);
    expect(text).not.toContain('"data"');
    await expect(read(socket(authorization), 'subscription { ticks }')).rejects.toMatchObject({ code: 4403 });
  }
  expect((await ask({ query: '{ me }' }, { authorization: await token() })).text).toContain('"me":"usr_1"');
});

test('a revoked session is rejected from then on', async () => {
  const { ask, token, redis, namespace } = await serve();
  const authorization = await token({ sessionId: 'ses_ended' });
  expect((await ask({ query: '{ me }' }, { authorization })).status).toBe(200);
  const message = JSON.stringify({ sessionId: 'ses_ended', until: Date.now() + 60_000 });
  await redis.publish(`${namespace}:push:session-revoked`, message);
  await eventually(async () => expect((await ask({ query: '{ me }' }, { authorization })).status).toBe(401));
});

test('a subgraph queries another with its service identity, and gets its errors', async () => {
  const { url, services } = await serve();
  const calls = httpCalls({
    name: 'payments',
    sign: services.signerOf('payments'),
    urlOf: (name) => (name === 'sample' ? url : undefined),
  });
  expect(await calls.query('sample', { query: '{ me inner }' })).toEqual({
    me: 'service payments',
    inner: 'between subgraphs',
  });
  await expect(calls.query('sample', { query: '{ wrong }' })).rejects.toThrow(
    'sample answered payments: That is wrong.',
  );
  await expect(calls.query('nowhere', { query: '{ me }' })).rejects.toThrow('payments does not know where nowhere is');
});

test('a call to another subgraph follows no redirect', async () => {
  const { url, services } = await serve();
  const moved = createServer((_request, response) => response.writeHead(307, { location: url }).end());
  await new Promise<void>((resolve) => moved.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => void moved.close());
  const urlOf = () => `http://127.0.0.1:${(moved.address() as AddressInfo).port}/graphql`;
  const calls = httpCalls({ name: 'payments', sign: services.signerOf('payments'), urlOf });
  await expect(calls.query('sample', { query: '{ me }' })).rejects.toThrow('fetch failed');
});

test('a field for one service is refused to the holder of another service’s key, and to people', async () => {
  const { ask, token, services } = await serve();
  const codes = async (authorization: string) =>
    ((await ask({ query: '{ inner }' }, { authorization })).text.match(/"code":"\w+"/g) ?? []).join();
  expect(await codes(await services.signerOf('notifications')('sample'))).toBe('"code":"FORBIDDEN"');
  expect(await codes(await token())).toBe('"code":"FORBIDDEN"');
  expect(await codes(await services.signerOf('payments')('sample'))).toBe('');
});

test('a bad token, and a service that asks for what it may not have, are security events', async () => {
  const { ask, token, services, events } = await serve();
  const ofStranger = await testServiceKeys().signerOf('payments')('sample');
  for (const authorization of [await token({ forged: true }), await token({ expiresIn: -1 }), ofStranger]) {
    await ask({ query: '{ me }' }, { authorization });
  }
  await ask({ query: '{ inner }' }, { authorization: await services.signerOf('notifications')('sample') });
  expect(events()).toMatchObject([
    { security: 'invalid-token', address: '127.0.0.1' },
    { security: 'invalid-service-token', address: '127.0.0.1', detail: 'ERR_JWKS_NO_MATCHING_KEY' },
    { security: 'access-denied', caller: 'notifications', detail: 'inner' },
  ]);
});

test('the gateway’s device and trace headers reach the resolvers', async () => {
  const { ask, services } = await serve();
  const said = { 'x-forwarded-for': '203.0.113.9', 'user-agent': 'Phone', traceparent: TRACEPARENT };
  const originFor = async (headers: Record<string, string>) =>
    (JSON.parse((await ask({ query: '{ origin }' }, { ...said, ...headers })).text) as { data: { origin: string } })
      .data.origin;
  const believed = `203.0.113.9 Phone ${'ab'.repeat(16)}`;
  expect(await originFor({ 'marquee-forwarded-by': await services.signerOf('gateway', 'forward')('sample') })).toBe(
    believed,
  );
  expect(await originFor({ authorization: await services.signerOf('payments')('sample') })).toBe(believed);
  expect(await originFor({})).toMatch(/^127\.0\.0\.1 Phone (?!abab)[0-9a-f]{32}$/);
});

test('pages believe the gateway about the client’s address, and nobody else', async () => {
  const { origin, services } = await serve();
  const addressFor = async (headers: Record<string, string>) => {
    const said = { 'x-forwarded-for': '203.0.113.9', ...headers };
    return (await fetch(`${origin}/pages/sample/address`, { headers: said })).text();
  };
  expect(await addressFor({ 'marquee-forwarded-by': await services.signerOf('gateway', 'forward')('sample') })).toBe(
    '203.0.113.9',
  );
  expect(await addressFor({})).toBe('127.0.0.1');
  for (const token of [
    await services.signerOf('payments', 'forward')('sample'),
    await services.signerOf('gateway', 'forward')('booking'),
  ]) {
    expect(await addressFor({ 'marquee-forwarded-by': token })).toContain('UNAUTHENTICATED');
  }
});

test('what the gateway forwards with is nobody’s credential', async () => {
  const { ask, socket, services } = await serve();
  const stolen = await services.signerOf('gateway', 'forward')('sample');
  expect((await ask({ query: '{ me }' }, { authorization: stolen })).status).toBe(401);
  await expect(read(socket(stolen), 'subscription { ticks }')).rejects.toMatchObject({ code: 4403 });
});

test('only the gateway forwards requests', async () => {
  const { ask, socket, services } = await serve();
  const others = [
    services.signerOf('payments', 'forward'),
    services.signerOf('payments'),
    services.signerOf('gateway'),
  ];
  const tokens = await Promise.all(others.map((sign) => sign('sample')));
  for (const forwardedBy of [...tokens, 'Service nonsense', 'nonsense']) {
    const { status } = await ask({ query: '{ me }' }, { 'marquee-forwarded-by': forwardedBy });
    expect(status).toBe(401);
    const params = { 'marquee-forwarded-by': forwardedBy };
    await expect(read(socket(undefined, params), 'subscription { ticks }')).rejects.toMatchObject({ code: 4403 });
  }
});

test('a request fails after its timeout', async () => {
  const { ask, services } = await serve();
  const headers = {
    'marquee-timeout-ms': '50',
    'marquee-forwarded-by': await services.signerOf('gateway', 'forward')('sample'),
  };
  const { status, text } = await ask({ query: '{ slow(ms: 60000) }' }, headers);
  expect([status, JSON.parse(text)]).toMatchObject([
    503,
    { errors: [{ extensions: { code: 'SUBGRAPH_UNAVAILABLE', subgraph: 'sample' } }] },
  ]);
});

test('a body that is too large or invalid is a client error', async () => {
  const { ask } = await serve();
  const bodies: [unknown, number, string][] = [
    [{ query: `{ text(of: "${'x'.repeat(100_000)}") }` }, 413, 'OPERATION_TOO_LARGE'],
    ['{"query"', 400, 'BAD_USER_INPUT'],
    ['{}', 400, 'BAD_USER_INPUT'],
    ['[{"query":"{ me }"}]', 400, 'BAD_USER_INPUT'],
  ];
  for (const [body, expected, code] of bodies) {
    const { status, text } = await ask(body);
    expect([status, JSON.parse(text)]).toMatchObject([expected, { errors: [{ extensions: { code } }] }]);
  }
});

test('health and other routes share the server with GraphQL; metrics and the state of parts have a port of their own', async () => {
  const { origin, metricsUrl } = await serve();
  const get = async (path: string, base = origin) => {
    const response = await fetch(new URL(path, base));
    return [response.status, await response.text()] as const;
  };
  expect(await get('/healthz')).toEqual([200, '{"status":"ok"}']);
  expect(await get('/readyz')).toEqual([200, '{"status":"ready"}']);
  expect(await get('/readyz', metricsUrl)).toMatchObject([200, expect.stringContaining('"sample":{"ok":true')]);
  expect(await get('/metrics', metricsUrl)).toMatchObject([200, expect.stringContaining('sample_total 1')]);
  expect((await get('/metrics'))[0]).toBe(404);
  expect((await get('/graphql', metricsUrl))[0]).toBe(404);
  expect(await get('/beside')).toEqual([200, 'beside']);
});

test('a stop completes requests in flight, closes sockets with 1001 and closes the port', async () => {
  const { ask, socket, stop, isListenedTo } = await serve();
  const client = socket();
  const closed = new Promise((resolve) => client.on('closed', resolve));
  client.subscribe({ query: 'subscription { endless }' }, { next() {}, error() {}, complete() {} });
  await eventually(() => expect(isListenedTo()).toBe(true));
  const slow = ask({ query: '{ slow(ms: 300) }' });
  await ask({ query: '{ me }' });
  await stop();
  expect(await slow).toEqual({ status: 200, text: expect.stringContaining('"slow":"done"') });
  expect(await closed).toMatchObject({ code: 1001 });
  expect(isListenedTo()).toBe(false);
  await expect(ask({ query: '{ me }' })).rejects.toThrow('fetch failed');
});

test('a request without a token is anonymous', async () => {
  const { subgraph, ask } = await serve();
  const { data } = await subgraph.execute({ query: '{ me }', caller: ANONYMOUS });
  expect(JSON.parse((await ask({ query: '{ me }' })).text)).toEqual({ data });
});

/** All events of one subscription. @throws the close event of its socket */
function read(client: Client, query: string): Promise<unknown[]> {
  const events: unknown[] = [];
  return new Promise((resolve, reject) => {
    client.subscribe(
      { query },
      { next: (event) => events.push(event), error: reject, complete: () => resolve(events) },
    );
  });
}
