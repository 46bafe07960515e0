import { connect } from 'node:net';
import { eventually } from '@marquee/testkit';
import { expect, onTestFinished, test, vi } from 'vitest';
import { OperationPipeline } from '../../src/pipeline/operation-pipeline.ts';
import { PlainRequests } from '../../src/server/plain-requests.ts';
import { inProcessTransport } from '../../src/transports/in-process.ts';
import { type GatewayUnderTest, newKeys, send, startGateway } from './gateway-under-test.ts';
import { theatre } from './theatre.ts';

const TRACEPARENT = '00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01';

interface Asked {
  readonly query: string;
  readonly variables?: object | null;
  readonly operationName?: string | null;
}

async function post({ url }: GatewayUnderTest, body: object, headers: Record<string, string>) {
  const init = {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers, traceparent: TRACEPARENT },
  };
  const reply = await send(url, { ...init, body: JSON.stringify(body) });
  const { date: _date, ...shown } = Object.fromEntries(reply.headers);
  return { status: reply.status, headers: shown, text: reply.text };
}

/** The responses of Apollo Server, which handles all requests with extensions, and of the fast path. */
async function both(under: GatewayUnderTest, asked: Asked, headers: Record<string, string> = {}) {
  const byApollo = await post(under, { ...asked, extensions: {} }, headers);
  const answer = vi.spyOn(PlainRequests.prototype, 'answer');
  const plain = await post(under, asked, headers);
  const { length } = answer.mock.calls;
  answer.mockRestore();
  return { byApollo, plain, wasPlain: length === 1 };
}

const SHOWS = '{ shows { id title available } }';

test.each<[string, Asked, Record<string, string>?]>([
  ['data', { query: SHOWS }],
  [
    'data, to a client that knows the media type of GraphQL',
    { query: SHOWS },
    { accept: 'application/graphql-response+json' },
  ],
  [
    'data, to a client that prefers it',
    { query: SHOWS },
    { accept: 'application/graphql-response+json,application/json;q=0.9' },
  ],
  ['data, to a client that takes anything', { query: SHOWS, variables: null, operationName: null }, { accept: '*/*' }],
  ['one of several operations', { query: `query A ${SHOWS} query B { shows { id } }`, operationName: 'B' }],
  ['a mutation', { query: 'mutation Add($id: ID!) { addView(id: $id) }', variables: { id: 's1' } }],
  ['data with a field that failed', { query: '{ broken shows { id } }' }],
  ['nothing but a failed field', { query: '{ broken }' }],
  ['data of which a part is withheld', { query: '{ secret shows { id earnings } }' }],
  ['variables that are wrong', { query: 'query ($ms: Int!) { slow(ms: $ms) }', variables: { ms: 'long' } }],
  ['a variable that is missing', { query: 'query ($ms: Int!) { slow(ms: $ms) }' }],
  ['a subscription', { query: 'subscription { countdown(from: 1) }' }],
  ['a header that is no token', { query: SHOWS }, { authorization: 'Basic x' }],
])('the fast path responds exactly like Apollo Server: %s', async (_what, asked, headers = {}) => {
  const { byApollo, plain, wasPlain } = await both(
    await startGateway({ settings: { trustTraceparent: true } }),
    asked,
    headers,
  );
  // A request with an invalid token is rejected before it is validated.
  expect(wasPlain).toBe(headers['authorization'] === undefined);
  expect(plain).toEqual(byApollo);
});

test.each([
  ['an invalid document', { query: '{ nothing }' }],
  ['a document that does not parse', { query: '{ shows' }],
  ['an operation that the document has not', { query: SHOWS, operationName: 'Other' }],
])('%s is never a plain request', async (_what, asked) => {
  expect((await both(await startGateway(), asked)).wasPlain).toBe(false);
});

test('requests for other media types and for Apollo Server’s features are not plain', async () => {
  const under = await startGateway();
  expect((await both(under, { query: SHOWS }, { accept: 'image/png' })).wasPlain).toBe(false);
  const answer = vi.spyOn(PlainRequests.prototype, 'answer');
  await post(under, [{ query: SHOWS }], {});
  await post(under, { query: SHOWS, extensions: { cost: true } }, {});
  await send(`${under.url}?query=${encodeURIComponent(SHOWS)}`, { headers: { 'apollo-require-preflight': 'yes' } });
  expect(answer).not.toHaveBeenCalled();
  answer.mockRestore();
});

test('a too expensive operation is rejected', async () => {
  const dear = await startGateway({ settings: { cost: { max: 5 } } });
  const query = 'query ($first: Int) { shows(first: $first) { id } }';
  await post(dear, { query, variables: { first: 1 } }, {});
  const costs = await both(dear, { query, variables: { first: 100 } });
  expect([costs.wasPlain, costs.plain.status]).toEqual([true, 400]);
  expect(costs.plain).toEqual(costs.byApollo);
  const metrics = await dear.gateway.metrics.metrics();
  expect(metrics).toMatch(/operations_total\{transport="http",type="query",outcome="ok"\} 1$/m);
  expect(metrics).toMatch(/operations_total\{transport="http",type="query",outcome="errors"\} 2$/m);
});

test.each<[string, Record<string, string>]>([
  ['any client', {}],
  ['a client that knows the media type of GraphQL', { accept: 'application/graphql-response+json' }],
])('a mutation above the rate limit has status 429 and Retry-After for %s', async (_client, headers) => {
  const under = await startGateway({ settings: { rateLimits: { perNetwork: 13 } } });
  const addView = { query: 'mutation { addView(id: "s1") }' };
  await post(under, addView, headers);
  const { byApollo, plain, wasPlain } = await both(under, addView, headers);
  expect([wasPlain, plain.status, plain.headers['retry-after']]).toEqual([true, 429, byApollo.headers['retry-after']]);
  expect([plain.text, plain.headers['content-type']]).toEqual([byApollo.text, byApollo.headers['content-type']]);
});

test.each<[string, Record<string, string>]>([
  ['any client', {}],
  ['a client that knows the media type of GraphQL', { accept: 'application/graphql-response+json' }],
])('an expired token is rejected before the request is read, in the format of %s', async (_client, headers) => {
  const under = await startGateway();
  const { headers: served } = await post(under, { query: SHOWS }, headers);
  const authorization = await under.keys.sign({ expiresIn: -10 });
  const expired = await both(under, { query: SHOWS }, { ...headers, authorization });
  expect([expired.wasPlain, expired.plain.status]).toEqual([false, 401]);
  expect(expired.plain.headers['content-type']).toBe(served['content-type']);
});

test('a request waits for its token before it chooses a generation', async () => {
  const keys = await newKeys();
  let verify = (): void => {};
  const asked = new Promise<void>((resolve) => (verify = resolve));
  let isAsked = false;
  const jwks = async () => {
    isAsked = true;
    await asked;
    return keys.jwks;
  };
  const under = await startGateway({ identity: { jwks } });
  await post(under, { query: SHOWS }, {});
  const plain = post(under, { query: SHOWS }, { authorization: await keys.sign() });
  await eventually(() => expect(isAsked).toBe(true));
  await under.gateway.engine.load(under.theatre.sdl.replaceAll('.test/', '.moved/'));
  verify();
  expect((await plain).text).toContain('"data"');
});

/** A query whose response is 300 KB and unique. */
function large(n: number) {
  const aliases = Array.from({ length: 20 }, (_, index) => `a${n}_${index}_${'x'.repeat(15_000)}`);
  const query = `{ ${aliases.map((alias) => `${alias}: shows { id }`).join(' ')} }`;
  const shows = '[{"id":"s1"},{"id":"s2"}]';
  return { query, text: `{"data":{${aliases.map((alias) => `"${alias}":${shows}`).join()}}}` };
}

test('responses to a slow client are not overwritten', async () => {
  const under = await startGateway({ settings: { limits: { maxCharacters: 400_000 } } });
  const [waiting, others] = [large(1), large(2)];
  for (const { query, text } of [waiting, others]) expect((await under.ask(query)).text).toBe(text);

  const socket = connect(Number(new URL(under.url).port), '127.0.0.1');
  onTestFinished(() => void socket.destroy());
  socket.pause();
  const body = JSON.stringify({ query: waiting.query });
  const head = `POST /graphql HTTP/1.1\r\nhost: x\r\ncontent-type: application/json\r\ncontent-length: ${body.length}\r\n\r\n`;
  const pipelined = 30;
  socket.write((head + body).repeat(pipelined));
  // The client does not read, so the last responses stay in this process.
  await eventually(() => expect(under.theatre.log.requests.length).toBeGreaterThan(15));
  for (let n = 0; n < 20; n++) expect((await under.ask(others.query)).text).toBe(others.text);

  let received = '';
  socket.setEncoding('latin1').on('data', (chunk) => (received += chunk));
  socket.resume();
  const all = pipelined * waiting.text.length;
  await eventually(() => expect(received.length).toBeGreaterThan(all), { timeoutMs: 20_000 });
  await eventually(() => expect(received.split(waiting.text)).toHaveLength(pipelined + 1));
});

test('a plain request keeps its generation while it is charged', async () => {
  let pay = (): void => {};
  const paid = new Promise<void>((resolve) => (pay = resolve));
  const closed: string[] = [];
  const backend = theatre();
  const under = await startGateway(
    {
      transportFor: (name, url) => ({
        ...inProcessTransport(backend.subgraphs[name] as never),
        close: async () => void closed.push(url),
      }),
    },
    backend,
  );
  await post(under, { query: SHOWS }, {});
  const check = vi.spyOn(OperationPipeline.prototype, 'check').mockReturnValueOnce(paid);
  const plain = post(under, { query: SHOWS }, {});
  await eventually(() => expect(check).toHaveBeenCalled());
  check.mockRestore();
  await under.gateway.engine.load(backend.sdl.replaceAll('.test/', '.moved/'));
  await new Promise((resolve) => setImmediate(resolve));
  expect(closed).toEqual([]);
  pay();
  expect((await plain).text).toContain('"data"');
  await eventually(() => expect(closed).not.toEqual([]));
});

test('with the stock executor no request is plain', async () => {
  expect((await both(await startGateway({ settings: { executor: 'stock' } }), { query: SHOWS })).wasPlain).toBe(false);
});

test.each(['stock', 'compiled'] as const)(
  'the %s executor can be configured and withholds unauthorised fields',
  async (executor) => {
    const { ask } = await startGateway({ settings: { executor } });
    expect((await ask('{ shows { title } }')).body).toEqual({
      data: { shows: [{ title: 'Hamlet' }, { title: 'Faust' }] },
    });
    expect((await ask('{ shows { title earnings } }')).body).toMatchObject({
      errors: [{ path: ['shows', 'earnings'], extensions: { code: 'UNAUTHORIZED_FIELD_OR_TYPE' } }],
    });
  },
);
