import { request } from 'node:http';
import { connect } from 'node:net';
import { text as textOf } from 'node:stream/consumers';
import { Client, fetchExchange } from '@urql/core';
import { expect, test } from 'vitest';
import { send, startGateway } from './gateway-under-test.ts';

const JSON_HEADERS = { 'content-type': 'application/json' };

test('a POST runs a query over several subgraphs', async () => {
  const { ask } = await startGateway();
  const { status, text } = await ask('{ shows { title available } }');
  expect(status).toBe(200);
  expect(text).toBe('{"data":{"shows":[{"title":"Hamlet","available":42},{"title":"Faust","available":42}]}}');
});

test('a GET runs a query with a header that no link, form or image sends', async () => {
  const { url, keys } = await startGateway();
  const query = `${url}?query=${encodeURIComponent('{ shows { id } }')}`;
  const passing = [
    { authorization: await keys.sign() },
    { accept: 'application/graphql-response+json' },
    { accept: 'application/json, application/graphql-response+json;q=0.5' },
    { 'apollo-require-preflight': 'yes' },
  ];
  for (const headers of passing) expect((await send(query, { headers })).body.data).toBeDefined();
});

test.each(['*/*', 'application/json', 'text/html,application/xhtml+xml,*/*;q=0.8', 'image/avif,image/webp,*/*;q=0.8'])(
  'a GET that accepts %s may come from any website, and is rejected',
  async (accept) => {
    const { url } = await startGateway();
    const blocked = await send(`${url}?query=${encodeURIComponent('{ shows { id } }')}`, { headers: { accept } });
    expect(blocked.status).toBe(400);
    expect(blocked.body.errors?.[0]?.extensions['code']).toBe('BAD_USER_INPUT');
  },
);

test('urql sends queries by GET as it is, and mutations by POST', async () => {
  const { url } = await startGateway();
  const methods: unknown[] = [];
  const recorded: typeof fetch = (input, init) => {
    methods.push(init?.method);
    return fetch(input, init);
  };
  const client = new Client({ url, exchanges: [fetchExchange], fetch: recorded });
  const query = await client.query('query Shows { shows { title } }', {}).toPromise();
  expect([query.error, query.data]).toEqual([undefined, { shows: [{ title: 'Hamlet' }, { title: 'Faust' }] }]);
  expect((await client.mutation('mutation { addView(id: "s1") }', {}).toPromise()).data).toEqual({ addView: 1 });
  expect(methods).toEqual(['GET', 'POST']);
});

test('a parameter that is sent twice, or beside a body, is not read', async () => {
  const { url } = await startGateway();
  const query = `query=${encodeURIComponent('{ shows { id } }')}`;
  const twice = await send(`${url}?${query}&${query}`, { headers: { accept: 'application/graphql-response+json' } });
  const beside = await send(`${url}?${query}`, { method: 'POST', headers: JSON_HEADERS, body: '{"variables": {}}' });
  for (const { status, body } of [twice, beside]) {
    expect([status, body.errors?.[0]?.extensions['code']]).toEqual([400, 'BAD_USER_INPUT']);
  }
});

test('TRACE echoes nothing', async () => {
  const { url } = await startGateway();
  const answer = await new Promise<string>((resolve, reject) => {
    const trace = request(url, { method: 'TRACE', headers: { authorization: 'Bearer hunter2' } }, (response) => {
      let text = String(response.statusCode);
      response.on('data', (chunk) => (text += String(chunk))).on('end', () => resolve(text));
    });
    trace.on('error', reject).end();
  });
  expect(answer).toMatch(/^40[45]/);
  expect(answer).not.toContain('hunter2');
});

test('a host in the address changes nothing, and none is opened, asked or led to', async () => {
  const { url, gateway } = await startGateway();
  const raw = async (target: string, headers: readonly string[] = []) => {
    const socket = connect(Number(new URL(url).port), '127.0.0.1');
    socket.write([`GET ${target} HTTP/1.1`, 'host: api', 'connection: close', ...headers, '', ''].join('\r\n'));
    return textOf(socket);
  };
  const paths = ['/graphql', '/graphql/explorer/session.js', '/docs/clients', '/schema.graphql', '/', '/healthz'];
  for (const path of [...paths, '/.well-known/jwks.json', '/nowhere']) {
    const { statusCode } = await gateway.app.inject({ url: path });
    const absolute = await raw(`http://evil.example${path}`);
    expect([path, absolute]).toEqual([path, expect.stringMatching(new RegExp(`^HTTP/1.1 ${statusCode} `))]);
    for (const other of [absolute, await raw(`//evil.example${path}`)]) expect(other).not.toContain('evil.example');
    expect(await raw(`//evil.example${path}`)).toMatch(/^HTTP\/1.1 404 /);
  }
  const key = ['sec-websocket-version: 13', `sec-websocket-key: ${Buffer.alloc(16).toString('base64')}`];
  const upgrade = ['upgrade: websocket', ...key, 'sec-websocket-protocol: graphql-transport-ws'];
  for (const target of ['http://evil.example/graphql', '//evil.example/graphql']) {
    expect(await raw(target, upgrade)).not.toMatch(/^HTTP\/1.1 101/);
  }
  const stream = await raw('http://evil.example/graphql?query=%7Bbroken%7D', ['accept: text/event-stream']);
  expect(stream).toMatch(/^HTTP\/1.1 [24]/);
  expect(stream).not.toContain('evil.example');
});

test('a mutation over GET is rejected', async () => {
  const { url } = await startGateway();
  const mutation = `${url}?query=${encodeURIComponent('mutation { addView(id: "s1") }')}`;
  expect((await send(mutation, { headers: { 'apollo-require-preflight': 'yes' } })).status).toBe(405);
});

test('a batch is answered in order', async () => {
  const { url } = await startGateway();
  const body = JSON.stringify([{ query: '{ shows(first: 1) { id } }' }, { query: '{ broken }' }]);
  const { text } = await send(url, { method: 'POST', headers: JSON_HEADERS, body });
  expect(JSON.parse(text)).toMatchObject([
    { data: { shows: [{ id: 's1' }, { id: 's2' }] } },
    { errors: [{ extensions: { code: 'INTERNAL_SERVER_ERROR' } }] },
  ]);
});

test.each([
  ['malformed JSON', '{"query": "{ shows', 400, 'BAD_USER_INPUT'],
  ['an empty body', '', 400, 'BAD_USER_INPUT'],
  ['no GraphQL request', '{"hello": 1}', 400, 'BAD_USER_INPUT'],
  ['a query that is no string', '{"query": 1}', 400, 'BAD_USER_INPUT'],
  ['variables that are no object', '{"query": "{ broken }", "variables": [1]}', 400, 'BAD_USER_INPUT'],
  ['an operation that the document has not', '{"query": "{ broken }", "operationName": "Q"}', 400, 'BAD_USER_INPUT'],
  ['bad variables', '{"query": "query ($n: Int!) { slow(ms: $n) }", "variables": {"n": "x"}}', 400, 'BAD_USER_INPUT'],
  [
    'a query of a megabyte',
    JSON.stringify({ query: `{ shows { ${'id '.repeat(333_000)} } }` }),
    413,
    'OPERATION_TOO_LARGE',
  ],
  ['a body above the limit', JSON.stringify({ query: ' '.repeat(1 << 20) }), 413, 'OPERATION_TOO_LARGE'],
])('%s is answered with its status and code', async (_name, body, status, code) => {
  const { url } = await startGateway();
  const reply = await send(url, { method: 'POST', headers: JSON_HEADERS, body });
  expect(reply.status).toBe(status);
  expect(reply.body.errors?.[0]?.extensions['code']).toBe(code);
});

test('a request that never ends is closed', async () => {
  const { gateway } = await startGateway();
  expect(gateway.app.server.requestTimeout).toBe(60_000);
});

test('a body of another media type than JSON is rejected', async () => {
  const { url } = await startGateway();
  for (const type of ['text/plain', 'application/x-www-form-urlencoded']) {
    const reply = await send(url, {
      method: 'POST',
      headers: { 'content-type': type },
      body: '{"query":"{ broken }"}',
    });
    expect(reply.status).toBe(415);
  }
});

test.each([
  [{}, "Send a 'query', or the 'documentId' of a persisted one."],
  [{ query: '', extensions: { cost: true } }, "Send a 'query', or the 'documentId' of a persisted one."],
  [{ query: 5 }, "'query' must be a string."],
  [[], 'Send at least one operation.'],
  [[{}], "Send a 'query', or the 'documentId' of a persisted one."],
  ['{ shows { id } }', 'A GraphQL request must be a JSON object.'],
])('a POST of %j is told what to send', async (sent, message) => {
  const { url } = await startGateway();
  const { status, body } = await send(url, { method: 'POST', headers: JSON_HEADERS, body: JSON.stringify(sent) });
  expect([status, body.errors]).toEqual([400, [{ message, extensions: { code: 'BAD_USER_INPUT' } }]]);
});

test('a GET without a query is told what to send', async () => {
  const { url } = await startGateway();
  const { status, body } = await send(`${url}?x=1`, { headers: { accept: 'application/graphql-response+json' } });
  const message = "Send a 'query', or the 'documentId' of a persisted one.";
  expect([status, body.errors]).toEqual([400, [{ message, extensions: { code: 'BAD_USER_INPUT' } }]]);
});

test('a resolver’s error is masked and has the trace id of the request', async () => {
  const { ask } = await startGateway({ settings: { trustTraceparent: true } });
  const traceId = 'a'.repeat(32);
  const { text, body } = await ask('{ broken shows { id } }', {
    headers: { traceparent: `00-${traceId}-${'b'.repeat(16)}-01` },
  });
  expect(text).not.toContain('password');
  expect(body.data).toMatchObject({ broken: null, shows: [{ id: 's1' }, { id: 's2' }] });
  expect(body.errors).toMatchObject([{ path: ['broken'], extensions: { code: 'INTERNAL_SERVER_ERROR', traceId } }]);
});

test('an unauthorised field is null and the others have data', async () => {
  const { ask, keys } = await startGateway();
  const query = '{ secret shows { id earnings } }';
  const anonymous = await ask(query);
  expect(anonymous.body.data).toEqual({ secret: null, shows: ['s1', 's2'].map((id) => ({ id, earnings: null })) });
  expect(anonymous.body.errors?.map(({ extensions }) => extensions['code'])).toEqual([
    'UNAUTHORIZED_FIELD_OR_TYPE',
    'UNAUTHORIZED_FIELD_OR_TYPE',
  ]);
  const analyst = await ask(query, { headers: { authorization: await keys.sign({ scope: 'sales:read' }) } });
  expect(analyst.body.errors).toBeUndefined();
});

test('responses have security headers and do not name the software', async () => {
  const { ask } = await startGateway();
  const { headers } = await ask('{ shows { id } }');
  expect(headers.get('x-content-type-options')).toBe('nosniff');
  expect(headers.get('x-powered-by')).toBeNull();
  expect(headers.get('server')).toBeNull();
});

test('an address that is no URL gets an error like any other', async () => {
  const { url } = await startGateway();
  const { status, headers, body } = await send(new URL('/%ff', url).href, {});
  expect([status, body.errors?.[0]?.extensions['code']]).toEqual([400, 'BAD_USER_INPUT']);
  expect(headers.get('x-content-type-options')).toBe('nosniff');
});

test('no cache keeps a response, for its data may be of its caller alone', async () => {
  const { url, keys } = await startGateway();
  const authorization = await keys.sign();
  const get = `${url}?query=${encodeURIComponent('{ shows { id } }')}`;
  const requests = [
    [get, { headers: { authorization } }],
    [get, { headers: { accept: 'text/event-stream', authorization } }],
    [`${url}?token=made-up`, { headers: { accept: 'text/event-stream' } }],
    [url, { method: 'PUT' }],
    [new URL('/nowhere', url).href, {}],
  ] as const;
  for (const [address, init] of requests) {
    const { headers } = await send(address, init);
    expect([address, headers.get('cache-control')]).toEqual([address, 'no-store']);
  }
});

test('a browser gets GraphiQL, with all assets from this server', async () => {
  const { url } = await startGateway();
  const page = await send(url, { headers: { accept: 'text/html,application/xhtml+xml' } });
  expect(page.status).toBe(200);
  const assets = [...page.text.matchAll(/(?:src|href)="([^"]+)"/g)].map(([, address]) => String(address));
  expect(assets.filter((address) => address.startsWith('/graphql/explorer/')).length).toBe(5);
  for (const address of assets.filter((each) => !each.startsWith('data:'))) {
    expect(address).toMatch(/^\//);
    expect((await fetch(new URL(address, url))).status).toBe(200);
  }
});

test('an address that serves nothing names the GraphQL endpoint', async () => {
  const { url } = await startGateway();
  const { status, body } = await send(new URL('/nothing', url).href, {});
  expect(status).toBe(404);
  expect(body.errors).toMatchObject([
    { message: expect.stringContaining('/graphql'), extensions: { code: 'NOT_FOUND' } },
  ]);
});

test('production has no explorer, no introspection and no suggestions', async () => {
  const { url, ask } = await startGateway({ settings: { production: true } });
  expect((await send(url, { headers: { accept: 'text/html' } })).headers.get('content-type')).not.toContain('html');
  expect((await fetch(`${url}/explorer/graphiql.js`)).status).toBe(404);
  expect((await ask('{ __schema { types { name } } }')).body.errors?.[0]?.message).toContain('Introspection');
  expect((await ask('{ showz { id } }')).text).not.toContain('Did you mean');
  expect((await ask('{ __typename }')).body.data).toEqual({ __typename: 'Query' });
});

test('CORS allows any origin by default, and only listed ones when origins are listed', async () => {
  const preflight = async (url: string, origin: string) => {
    const headers = {
      origin,
      'access-control-request-method': 'POST',
      'access-control-request-headers': 'authorization',
    };
    const response = await fetch(url, { method: 'OPTIONS', headers });
    return [response.status, response.headers.get('access-control-allow-origin')];
  };
  const open = await startGateway();
  expect(await preflight(open.url, 'http://localhost:3000')).toEqual([204, '*']);
  const { url } = await startGateway({ settings: { corsOrigins: ['https://shop.example'] } });
  expect(await preflight(url, 'https://shop.example')).toEqual([204, 'https://shop.example']);
  expect((await preflight(url, 'https://evil.example'))[1]).toBeNull();
  const headers = { ...JSON_HEADERS, origin: 'https://shop.example' };
  const answer = await fetch(url, { method: 'POST', headers, body: '{"query": "{ __typename }"}' });
  expect(answer.headers.get('access-control-allow-origin')).toBe('https://shop.example');
  const stream = await fetch(`${url}?query=${encodeURIComponent('subscription { countdown(from: 1) }')}`, {
    headers: { origin: 'https://shop.example', accept: 'text/event-stream' },
  });
  expect(stream.headers.get('access-control-allow-origin')).toBe('https://shop.example');
  await stream.body?.cancel();
});
