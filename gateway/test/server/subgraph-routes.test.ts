import { createServer, type IncomingHttpHeaders } from 'node:http';
import { connect, type AddressInfo } from 'node:net';
import { buffer, text } from 'node:stream/consumers';
import { sendSmallPage } from '@marquee/subgraph';
import fastify, { type FastifyInstance } from 'fastify';
import { afterAll, beforeAll, expect, test } from 'vitest';

import { forwardSubgraphRoutes } from '../../src/server/subgraph-routes.ts';

const seen: { url: string | undefined; headers: IncomingHttpHeaders; body: string }[] = [];
const upstream = createServer(async (request, response) => {
  seen.push({ url: request.url, headers: request.headers, body: (await buffer(request)).toString() });
  const cookies = ['a=b; Path=/', 'marquee-session=planted; Path=/session', 'c=d; Path=/'];
  response.writeHead(request.url?.startsWith('/pages/') ? 302 : 200, {
    ...{ 'content-type': 'application/pdf', 'cache-control': 'no-store', location: 'https://provider.example' },
    ...{ 'set-cookie': cookies, 'content-security-policy': 'script-src *', 'access-control-allow-origin': '*' },
    ...{ 'strict-transport-security': 'max-age=0', 'clear-site-data': '"*"', server: 'nginx' },
  });
  response.end('%PDF-');
});
let app: FastifyInstance;

beforeAll(async () => {
  await new Promise<void>((done) => upstream.listen(0, '127.0.0.1', done));
  const { port } = upstream.address() as AddressInfo;
  const urls: Record<string, string> = {
    booking: `http://127.0.0.1:${port}/graphql`,
    away: 'http://127.0.0.1:1/graphql',
  };
  app = fastify();
  app.addHook('onRequest', async (_, reply) => void reply.header('content-security-policy', "default-src 'none'"));
  forwardSubgraphRoutes(app, { urlOf: (name) => urls[name], forwardedBy: async (name) => `token for ${name}` });
});
afterAll(async () => {
  await app.close();
  upstream.close();
});

const CREDENTIALS = {
  authorization: 'Bearer secret',
  'marquee-forwarded-by': 'forged',
  'x-forwarded-for': '203.0.113.9',
};

test('a document comes from its subgraph, which gets no access token, and the address that the gateway sees', async () => {
  const url = '/documents/booking/tickets/1.pdf?signature=s';
  const { statusCode, headers, payload } = await app.inject({ url, headers: CREDENTIALS, remoteAddress: '192.0.2.1' });
  expect({ statusCode, payload }).toEqual({ statusCode: 200, payload: '%PDF-' });
  expect(headers).toMatchObject({ 'content-type': 'application/pdf', 'cache-control': 'no-store' });
  const request = seen.at(-1);
  expect(request).toMatchObject({
    url,
    headers: { 'x-forwarded-for': '192.0.2.1', 'marquee-forwarded-by': 'token for booking' },
  });
  expect(request?.headers).not.toHaveProperty('authorization');
});

test('a browser’s cookies and redirects pass both ways', async () => {
  const headers = { cookie: 'x=y', 'user-agent': 'Firefox', 'accept-language': 'de' };
  const answer = await app.inject({ url: '/pages/booking/sign-in', headers });
  expect(answer).toMatchObject({ statusCode: 302, headers: { location: 'https://provider.example' } });
  expect(answer.headers['set-cookie']).toEqual(['a=b; Path=/', 'c=d; Path=/']);
  expect(seen.at(-1)?.headers).toMatchObject(headers);
});

test('the cookie of a session is the gateway’s alone: no subgraph reads or sets it', async () => {
  const cookie = 'x=y; marquee-session=ref_1; __Host-marquee-session=ref_1';
  const { headers } = await app.inject({ url: '/pages/booking/sign-in', headers: { cookie } });
  expect(seen.at(-1)?.headers.cookie).toBe('x=y');
  expect(headers['set-cookie']).toEqual(['a=b; Path=/', 'c=d; Path=/']);
  await app.inject({ url: '/pages/booking/sign-in', headers: { cookie: 'marquee-session=ref_1' } });
  expect(seen.at(-1)?.headers).not.toHaveProperty('cookie');
});

test('a webhook arrives byte for byte, with its signature', async () => {
  const headers = { 'content-type': 'application/json', 'webhook-signature': 'v1,x', 'stripe-signature': 't=1' };
  const body = '{ "a" :\t1 }';
  await app.inject({ method: 'POST', url: '/webhooks/booking/mail', headers, payload: body });
  expect(seen.at(-1)).toMatchObject({ body, headers });
});

test('an answer’s headers are those that a subgraph may set; the gateway says what browsers may do', async () => {
  const [file, page] = [await app.inject('/documents/booking/1.pdf'), await app.inject('/pages/booking/x')];
  for (const { headers } of [file, page]) {
    const others = ['access-control-allow-origin', 'strict-transport-security', 'clear-site-data', 'server'];
    expect(Object.keys(headers).filter((name) => others.includes(name))).toEqual([]);
  }
  expect(file.headers['content-security-policy']).toBe("default-src 'none'");
  const own = fastify().get('/', async (_, reply) => sendSmallPage(reply, { language: 'en', body: '' }));
  const policy = (await own.inject('/')).headers['content-security-policy'];
  expect(page.headers['content-security-policy']).toBe(policy);
});

/** The answer to a request as it is on the wire, which clients and `inject` would put right. */
async function rawRequest(method: string, target: string): Promise<string> {
  const socket = connect((app.server.address() as AddressInfo).port, '127.0.0.1');
  socket.write(`${method} ${target} HTTP/1.1\r\nhost: api\r\ncontent-length: 0\r\nconnection: close\r\n\r\n`);
  return text(socket);
}

test('no request names the host that is asked, which would get the gateway’s token', async () => {
  await app.listen({ port: 0, host: '127.0.0.1' });
  const { port } = upstream.address() as AddressInfo;
  expect(await rawRequest('GET', '/documents/booking/1.pdf')).toMatch(/^HTTP\/1.1 200/);
  const before = seen.length;
  const own = `127.0.0.1:${port}`;
  for (const host of [
    `http://${own}`,
    `HTTP://${own}`,
    `http:/${own}`,
    `//${own}`,
    `/\\${own}`,
    `@${own}`,
    `\\\\${own}`,
  ]) {
    for (const [method, path] of [
      ['GET', '/pages/away/x'],
      ['POST', '/webhooks/booking/x'],
    ] as const) {
      expect([host, await rawRequest(method, `${host}${path}`)]).toEqual([
        host,
        expect.not.stringMatching(/^HTTP\/1.1 [23]/),
      ]);
    }
  }
  expect(seen).toHaveLength(before);
});

test.each([
  '/documents/booking/../../graphql',
  '/pages/booking/%2e%2e/%2e%2e/graphql',
  '/documents/nobody/1.pdf',
  '/graphql/booking/x',
])('%s reaches no subgraph', async (url) => {
  const before = seen.length;
  expect((await app.inject({ url })).statusCode).not.toBe(200);
  expect(seen).toHaveLength(before);
});

test('a subgraph that cannot be reached is unavailable', async () => {
  const { payload } = await app.inject({ url: '/documents/away/1.pdf' });
  expect(payload).toContain('not available right now');
});
