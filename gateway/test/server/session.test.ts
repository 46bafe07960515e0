import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { connect, type IncomingHttpHeaders, type OutgoingHttpHeaders } from 'node:http2';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text as textOf } from 'node:stream/consumers';
import { openLog } from '@marquee/telemetry';
import type { InjectOptions } from 'fastify';
import { beforeAll, expect, onTestFinished, test } from 'vitest';
import { CERTIFICATE, KEY } from '../transports/tls-certificate.ts';
import { type SessionGateway, sessionGateway, tokenNamed } from './session-theatre.ts';

const PAYLOAD =
  '__typename ... on AuthPayload { accessToken refreshToken expiresIn } ... on SessionExpiredError { message }';
const LOGIN = { query: `mutation { login(password: "right") { ${PAYLOAD} } }` };
const REFRESH = {
  query: `mutation Refresh($refreshToken: String!) { refreshSession(refreshToken: $refreshToken) { ${PAYLOAD} } }`,
  variables: { refreshToken: '' },
};
const JSON_BODY = { 'content-type': 'application/json' };
const HOST = 'shop.example';
/** Headers that a browser adds to the request of a page of this origin. */
const OWN_PAGE = { host: HOST, origin: `http://${HOST}`, 'sec-fetch-site': 'same-origin', ...JSON_BODY };

type Headers = Record<string, string>;

interface Sent {
  readonly status: number;
  readonly text: string;
  readonly data: Record<string, Record<string, unknown> | null> | undefined;
  readonly codes: string[];
  /** The cookie that the answer sets, with its attributes. */
  readonly cookie: string | undefined;
}

async function post(
  { gateway }: SessionGateway,
  body: unknown,
  headers: Headers = {},
  more: InjectOptions = {},
): Promise<Sent> {
  const payload = typeof body === 'string' ? body : JSON.stringify(body);
  const answer = await gateway.app.inject({
    ...{ method: 'POST', url: '/session', payload, headers: { ...OWN_PAGE, ...headers } },
    ...more,
  });
  const json =
    answer.body === '' ? {} : answer.json<{ data?: Sent['data']; errors?: { extensions: { code: string } }[] }>();
  return {
    status: answer.statusCode,
    text: answer.body,
    data: json.data,
    codes: (json.errors ?? []).map(({ extensions }) => extensions.code),
    cookie: answer.headers['set-cookie'] as string | undefined,
  };
}

const cookieOf = (token: string) => ({ cookie: `marquee-session=${token}` });
const DROPPED = 'marquee-session=; Path=/session; Max-Age=0; HttpOnly; SameSite=Strict';

let shared: SessionGateway;
beforeAll(async () => {
  shared = await sessionGateway();
});

test('signing in keeps the refresh token in a cookie that no script reads, and a reload continues the session', async () => {
  const shop = await sessionGateway();
  const signedIn = await post(shop, LOGIN);
  expect(signedIn.data).toEqual({
    login: { __typename: 'AuthPayload', accessToken: 'acc_1', refreshToken: '', expiresIn: 600 },
  });
  expect(signedIn.cookie).toBe('marquee-session=ref_1; Path=/session; Max-Age=7776000; HttpOnly; SameSite=Strict');
  const reloaded = await post(shop, REFRESH, cookieOf('ref_1'));
  expect(reloaded.data?.['refreshSession']).toMatchObject({ accessToken: 'acc_2', refreshToken: '' });
  expect(reloaded.cookie).toContain('marquee-session=ref_2;');
});

test('over TLS no sibling domain can plant the cookie', async () => {
  const browser = { origin: `https://${HOST}` };
  const { cookie } = await post(shared, LOGIN, browser);
  expect(cookie).toMatch(
    /^__Host-marquee-session=ref_\d+; Path=\/; Secure; Max-Age=7776000; HttpOnly; SameSite=Strict$/,
  );
  const planted = await post(shared, REFRESH, { ...browser, ...cookieOf('ref_9') });
  expect(planted.data).toEqual({ refreshSession: null });
  const kept = await post(shared, REFRESH, { ...browser, cookie: String(cookie).split(';', 1)[0] ?? '' });
  expect(kept.data?.['refreshSession']).toMatchObject({ __typename: 'AuthPayload' });
});

test('two tabs that continue the session at once both go on', async () => {
  const clock = { now: 0 };
  const shop = await sessionGateway({}, clock);
  await post(shop, LOGIN);
  const tabs = await Promise.all([1, 2].map(() => post(shop, REFRESH, cookieOf('ref_1'))));
  for (const { data, cookie } of tabs) {
    expect(data?.['refreshSession']).toMatchObject({ accessToken: 'acc_2' });
    expect(cookie).toContain('marquee-session=ref_2;');
  }
  clock.now = 11_000;
  expect((await post(shop, REFRESH, cookieOf('ref_1'))).cookie).toBe(DROPPED);
});

test('the cookie is dropped when the server says that the session is over, and kept when it does not know', async () => {
  expect(await post(shared, REFRESH, cookieOf('ended'))).toMatchObject({
    status: 200,
    data: { refreshSession: { __typename: 'SessionExpiredError' } },
    cookie: DROPPED,
  });
  const failed = await post(shared, REFRESH, cookieOf('down'));
  expect(failed).toMatchObject({ data: { refreshSession: null }, codes: ['INTERNAL_SERVER_ERROR'] });
  expect(failed.cookie).toBeUndefined();
  const wrongPassword = await post(shared, { query: LOGIN.query.replace('right', 'wrong') }, cookieOf('ref_1'));
  expect(wrongPassword).toMatchObject({ status: 200, cookie: undefined });
});

test('an expired access token does not keep a session from being continued', async () => {
  const shop = await sessionGateway();
  await post(shop, LOGIN);
  const authorization = await shop.keys.sign({ expiresIn: -60 });
  expect((await post(shop, REFRESH, { ...cookieOf('ref_1'), authorization })).cookie).toContain('ref_2');
});

test('forgetting a session drops the cookie; without one nobody is asked', async () => {
  const { statusCode, headers } = await shared.gateway.app.inject({
    method: 'DELETE',
    url: '/session',
    headers: { host: HOST, origin: `http://${HOST}` },
  });
  expect([statusCode, headers['set-cookie']]).toEqual([204, DROPPED]);
  const before = shared.exchanged.length;
  for (const cookies of [{}, cookieOf(''), { cookie: 'other=1' }, cookieOf('x'.repeat(4_097))])
    expect(await post(shared, REFRESH, cookies)).toMatchObject({ status: 200, data: { refreshSession: null } });
  const planted = { cookie: 'marquee-session=ref_1; marquee-session=ref_2' };
  expect(await post(shared, REFRESH, planted)).toMatchObject({ data: { refreshSession: null } });
  expect(shared.exchanged).toHaveLength(before);
});

/** Requests that pages of other sites can cause, each with the headers that a browser sends. */
const FORGED: Record<string, Headers> = {
  'a page of another site': { origin: 'https://evil.example', 'sec-fetch-site': 'cross-site' },
  'a page of another site in a browser without fetch metadata': {
    origin: 'https://evil.example',
    'sec-fetch-site': '',
  },
  'a page of a sibling domain': { origin: `http://cdn.${HOST}`, 'sec-fetch-site': 'same-site' },
  'a page of another port': { origin: `http://${HOST}:8080`, 'sec-fetch-site': 'same-site' },
  'a page that only says it is of this origin': { 'sec-fetch-site': 'cross-site' },
  'a sandboxed frame': { origin: 'null', 'sec-fetch-site': 'cross-site' },
  'a file or data page': { origin: 'null', 'sec-fetch-site': '' },
  'an address that somebody typed or was sent': { origin: '', 'sec-fetch-site': 'none' },
  'a page that forges the host behind no proxy': {
    origin: 'https://evil.example',
    'x-forwarded-host': 'evil.example',
    'sec-fetch-site': '',
  },
  'a browser that says nothing': { origin: '', 'sec-fetch-site': '' },
};

test.each(Object.entries(FORGED))('%s cannot use the session', async (_name, forged) => {
  const given = Object.entries({ ...OWN_PAGE, ...cookieOf('ref_1'), ...forged }).filter(([, value]) => value !== '');
  const headers = Object.fromEntries(given);
  const before = shared.exchanged.length;
  for (const method of ['POST', 'DELETE'] as const) {
    const payload = method === 'POST' ? { payload: JSON.stringify(REFRESH) } : {};
    const answer = await shared.gateway.app.inject({
      method,
      url: '/session',
      headers: { ...headers, ...(method === 'DELETE' && { 'content-type': undefined }) },
      ...payload,
    });
    expect([answer.statusCode, answer.headers['set-cookie']]).toEqual([403, undefined]);
    expect(answer.headers['access-control-allow-origin']).toBeUndefined();
  }
  expect(shared.exchanged).toHaveLength(before);
});

test('a page without TLS cannot use a session over TLS', async () => {
  const shop = await sessionGateway({ settings: { trustedProxies: 1 } });
  const headers = {
    'x-forwarded-for': '192.0.2.1',
    'x-forwarded-proto': 'https',
    'x-forwarded-host': HOST,
    host: 'inside',
  };
  expect((await post(shop, LOGIN, { ...headers, origin: `http://${HOST}` })).status).toBe(403);
  const own = await post(shop, LOGIN, { ...headers, origin: `https://${HOST}` });
  expect([own.status, own.cookie]).toEqual([200, expect.stringContaining('__Host-marquee-session=ref_1')]);
});

test('over HTTP/2 the authority is the host, and cookies come in pieces', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'tls-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  const tls = { certFile: join(folder, 'cert.pem'), keyFile: join(folder, 'key.pem') };
  writeFileSync(tls.certFile, CERTIFICATE);
  writeFileSync(tls.keyFile, KEY);
  const shop = await sessionGateway({ tls });
  const connection = connect(shop.origin, { ca: CERTIFICATE });
  onTestFinished(() => connection.destroy());
  const ask = async (body: object, headers: OutgoingHttpHeaders = {}) => {
    const path = { ':method': 'POST', ':path': '/session', 'content-type': 'application/json' };
    const stream = connection.request({ ...path, origin: shop.origin, 'sec-fetch-site': 'same-origin', ...headers });
    const answered = once(stream, 'response') as Promise<[IncomingHttpHeaders]>;
    stream.end(JSON.stringify(body));
    const [[head], content] = await Promise.all([answered, textOf(stream)]);
    return { status: head[':status'], cookie: head['set-cookie']?.[0], content };
  };
  const signedIn = await ask(LOGIN);
  expect(signedIn).toMatchObject({
    status: 200,
    cookie: expect.stringContaining('__Host-marquee-session=ref_1; Path=/; Secure'),
  });
  const pieces = { cookie: ['theme=dark', '__Host-marquee-session=ref_1'] };
  expect((await ask(REFRESH, pieces)).content).toContain('acc_2');
  expect(await ask(REFRESH, { ...pieces, origin: 'https://evil.example' })).toMatchObject({
    status: 403,
    cookie: undefined,
  });
});

test.each(['text/plain', 'application/x-www-form-urlencoded', 'multipart/form-data; boundary=x', ''])(
  'a form cannot send a session, as %s',
  async (type) => {
    const { status, cookie } = await post(shared, LOGIN, { 'content-type': type });
    expect([status >= 400, cookie]).toEqual([true, undefined]);
  },
);

test.each(['GET', 'HEAD', 'OPTIONS'] as const)(
  '%s, as links and prefetches and preflights use, does nothing',
  async (method) => {
    const { statusCode, headers } = await shared.gateway.app.inject({
      method,
      url: '/session',
      headers: { ...cookieOf('ref_1'), origin: 'https://evil.example' },
    });
    expect([statusCode, headers['set-cookie'], headers['access-control-allow-origin']]).toEqual([
      405,
      undefined,
      undefined,
    ]);
  },
);

const ARGUMENT = 'refreshSession(refreshToken: $t)';
/** Documents by which a script of the page might read the token, or use it for something else. */
const HOSTILE: Record<string, string> = {
  'an alias of the token': `mutation($t: String!) { ${ARGUMENT} { ... on AuthPayload { mine: refreshToken } } }`,
  'a second selection under an alias': `mutation($t: String!) { ${ARGUMENT} { ... on AuthPayload { refreshToken mine: refreshToken } } }`,
  'an alias in a fragment': `mutation($t: String!) { ${ARGUMENT} { ...T } } fragment T on AuthPayload { refreshToken mine: refreshToken }`,
  'another field under the name of the token': `mutation($t: String!) { ${ARGUMENT} { ... on AuthPayload { refreshToken: accessToken } } }`,
  'no token, which would be lost': `mutation($t: String!) { ${ARGUMENT} { ... on AuthPayload { accessToken } } }`,
  'a directive that leaves it out': `mutation($t: String!, $no: Boolean = false) { ${ARGUMENT} { ... on AuthPayload { refreshToken @include(if: $no) } } }`,
  'the variable in another field': `mutation($t: String!) { ${ARGUMENT} { ... on AuthPayload { refreshToken } } logout(note: $t) }`,
  'the variable twice in a document': `mutation($t: String!) { ${ARGUMENT} { ...T } } fragment T on AuthPayload { refreshToken friend(note: $t) { name } }`,
  'the token as text': 'mutation { refreshSession(refreshToken: "ref_1") { ... on AuthPayload { refreshToken } } }',
  'the variable in a list': `mutation($t: String!) { refreshSession(refreshToken: [$t]) { ... on AuthPayload { refreshToken } } }`,
  'a fragment at the root': `mutation($t: String!) { ...M } fragment M on Mutation { ${ARGUMENT} { ... on AuthPayload { refreshToken } } }`,
  'two mutations': 'mutation { a: login(password: "right") { ... on AuthPayload { refreshToken } } logout }',
  'two operations': `mutation A { logout } mutation B($t: String!) { ${ARGUMENT} { ... on AuthPayload { refreshToken } } }`,
  'a mutation that gives no session': 'mutation { logout }',
  'a query': '{ shows { id refreshToken } }',
  'a subscription': 'subscription { countdown(from: 1) }',
  'a document that does not parse': 'mutation {',
  'a fragment in a circle': `mutation($t: String!) { ${ARGUMENT} { ...T } } fragment T on AuthPayload { refreshToken ...T }`,
  'a variable of another type': `mutation($t: Int!) { ${ARGUMENT} { ... on AuthPayload { refreshToken } } }`,
};

test.each(Object.entries(HOSTILE))('%s is refused, and the token is in no answer', async (_name, query) => {
  const before = shared.exchanged.length;
  const answer = await post(shared, { query, variables: { t: 'given' } }, cookieOf('ref_secret'));
  expect(answer.codes[0]).toMatch(/^(BAD_USER_INPUT|GRAPHQL_PARSE_FAILED|GRAPHQL_VALIDATION_FAILED)$/);
  expect(answer).toMatchObject({ cookie: undefined, text: expect.not.stringContaining('secret') });
  expect(shared.exchanged).toHaveLength(before);
});

test.each<[string, unknown]>([
  ['a batch', [LOGIN, LOGIN]],
  ['an empty list', []],
  ['null', null],
  ['a text', '"mutation"'],
  ['nothing', {}],
  ['variables in a list', { ...REFRESH, variables: ['x'] }],
  ['a hash beside the text', { query: '', extensions: { persistedQuery: { version: 1, sha256Hash: 'x' } } }],
])('%s is refused', async (_name, body) => {
  expect(await post(shared, body, cookieOf('ref_1'))).toMatchObject({ status: 400, cookie: undefined });
});

test('a token below the payload is hidden, and the cookie’s is not what a page says', async () => {
  const shop = await sessionGateway();
  await post(shop, LOGIN);
  const query = `mutation($t: String!) { ${ARGUMENT} { ... on AuthPayload { friend { refreshToken } refreshToken } } }`;
  const { text, cookie } = await post(shop, { query, variables: { t: 'given' } }, cookieOf('ref_1'));
  expect(JSON.parse(text)).toEqual({ data: { refreshSession: { friend: { refreshToken: '' }, refreshToken: '' } } });
  expect([cookie, shop.exchanged]).toEqual([expect.stringContaining(tokenNamed(2)), ['ref_1']]);
});

test('an error of the subgraph does not repeat the token', async () => {
  const { text } = await post(shared, REFRESH, cookieOf('down'));
  expect(text).not.toMatch(/cannot read|"down"/);
});

test('requests are limited by network, and logged and charged as others are', async () => {
  const lines: Record<string, unknown>[] = [];
  const write = (line: string) => void lines.push(JSON.parse(line) as Record<string, unknown>);
  const shop = await sessionGateway({
    log: openLog({ service: 'gateway', destination: { write } }),
    settings: { rateLimits: { perAnonymous: 30 } },
  });
  const named = { 'apollographql-client-name': 'storefront', 'user-agent': 'Firefox' };
  const statuses: number[] = [];
  for (let n = 0; n < 5; n++) {
    statuses.push(
      (
        await post(
          shop,
          { ...REFRESH, operationName: 'Refresh' },
          { ...named, ...cookieOf('ended') },
          { remoteAddress: '192.0.2.7' },
        )
      ).status,
    );
  }
  expect(statuses).toEqual([200, 200, 200, 429, 429]);
  expect((await post(shop, LOGIN, {}, { remoteAddress: '198.51.100.1' })).status).toBe(200);
  const logged = lines.filter(({ route }) => route === '/session');
  expect(logged[0]).toMatchObject({ status: 200, operation: 'Refresh', client: 'storefront' });
  expect(JSON.stringify(lines)).not.toContain('ended');
});
