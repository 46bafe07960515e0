import { type IncomingHttpHeaders, request } from 'node:http';
import { brotliDecompressSync, gunzipSync, gzipSync } from 'node:zlib';
import { expect, test } from 'vitest';
import { type GatewayUnderTest, send, startGateway } from './gateway-under-test.ts';

const ALIASES = Array.from({ length: 40 }, (_, n) => `title${n}: title`).join(' ');
const LARGE = `{ shows { ${ALIASES} } }`;
const SMALL = '{ shows { title } }';

interface RawReply {
  readonly status: number | undefined;
  readonly headers: IncomingHttpHeaders;
  readonly body: Buffer;
}

/** Sends a query without decompressing the response. */
function ask({ url }: GatewayUnderTest, query: string, headers: Record<string, string>): Promise<RawReply> {
  return new Promise((resolve, reject) => {
    const sent = request(url, { method: 'POST', headers: { 'content-type': 'application/json', ...headers } });
    sent.on('error', reject).on('response', async (response) => {
      const chunks: Buffer[] = [];
      for await (const chunk of response) chunks.push(chunk as Buffer);
      resolve({ status: response.statusCode, headers: response.headers, body: Buffer.concat(chunks) });
    });
    sent.end(JSON.stringify({ query }));
  });
}

test.each([
  ['br', 'gzip, deflate, br', brotliDecompressSync],
  ['gzip', 'gzip, deflate', gunzipSync],
  ['gzip', 'br;q=0, gzip', gunzipSync],
])('a large response is compressed with %s for a client that accepts %s', async (encoding, accepted, decompress) => {
  const under = await startGateway();
  const plain = await ask(under, LARGE, {});
  expect(plain.headers['content-encoding']).toBeUndefined();
  // The first is answered by Apollo Server, the second by the fast path.
  for (const query of [LARGE.replace('title0', 'other'), LARGE]) {
    const { headers, body } = await ask(under, query, { 'accept-encoding': accepted });
    expect(headers).toMatchObject({ 'content-encoding': encoding, 'content-type': plain.headers['content-type'] });
    expect(headers.vary).toContain('accept-encoding');
    expect(body.length).toBeLessThan(plain.body.length / 3);
    expect(decompress(body).toString().replaceAll('other', 'title0')).toBe(plain.body.toString());
  }
});

test('a small response is sent as it is', async () => {
  const { headers, body } = await ask(await startGateway(), SMALL, { 'accept-encoding': 'gzip, br' });
  expect(headers['content-encoding']).toBeUndefined();
  expect(headers['content-length']).toBe(String(body.length));
});

test('a deployment can set the size, or leave compression to a proxy', async () => {
  const eager = await startGateway({ settings: { compression: { minBytes: 10 } } });
  expect((await ask(eager, SMALL, { 'accept-encoding': 'br' })).headers['content-encoding']).toBe('br');
  const off = await startGateway({ settings: { compression: false } });
  expect((await ask(off, LARGE, { 'accept-encoding': 'br' })).headers['content-encoding']).toBeUndefined();
});

test('a response with errors is compressed and keeps its status', async () => {
  const query = `{ shows { ${Array.from({ length: 40 }, (_, n) => `nothing${n}`).join(' ')} } }`;
  const headers = { 'accept-encoding': 'gzip', accept: 'application/graphql-response+json' };
  const reply = await ask(await startGateway(), query, headers);
  expect([reply.status, reply.headers['content-encoding']]).toEqual([400, 'gzip']);
  expect(gunzipSync(reply.body).toString()).toContain('GRAPHQL_VALIDATION_FAILED');
});

test.each(['text/event-stream', 'multipart/mixed;subscriptionSpec=1.0'])('%s is not compressed', async (accept) => {
  const under = await startGateway();
  const { headers, body } = await ask(under, 'subscription { countdown(from: 90) }', {
    accept,
    'accept-encoding': 'br',
  });
  expect(headers['content-encoding']).toBeUndefined();
  expect(body.toString()).toContain('{"data":{"countdown":1}}');
});

test('a compressed request body is rejected, so that it cannot grow beyond the limit', async () => {
  const { url } = await startGateway();
  const reply = await send(url, {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'content-encoding': 'gzip' },
    body: gzipSync(JSON.stringify({ query: SMALL })),
  });
  expect([reply.status, reply.body.errors?.[0]?.extensions['code']]).toEqual([400, 'BAD_USER_INPUT']);
});
