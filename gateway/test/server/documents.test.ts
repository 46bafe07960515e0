import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import fastify, { type FastifyInstance } from 'fastify';
import { afterAll, beforeAll, expect, test } from 'vitest';

import { forwardDocuments } from '../../src/server/documents.ts';

const seen: string[] = [];
const upstream = createServer((request, response) => {
  seen.push(`${request.url} ${request.headers.authorization ?? 'no token'}`);
  response.writeHead(200, { 'content-type': 'application/pdf', 'set-cookie': 'a=b', 'cache-control': 'no-store' });
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
  forwardDocuments(app, (name) => urls[name]);
});
afterAll(() => upstream.close());

test('a document is fetched from its subgraph, by its address alone', async () => {
  const url = '/documents/booking/tickets/1.pdf?signature=s';
  const { statusCode, headers, payload } = await app.inject({ url, headers: { authorization: 'Bearer secret' } });
  expect({ statusCode, payload }).toEqual({ statusCode: 200, payload: '%PDF-' });
  expect(headers).toMatchObject({ 'content-type': 'application/pdf', 'cache-control': 'no-store' });
  expect(headers).not.toHaveProperty('set-cookie');
  expect(seen).toEqual([`${url} no token`]);
});

test.each(['/documents/booking/../../graphql', '/documents/booking/%2e%2e/%2e%2e/graphql', '/documents/nobody/1.pdf'])(
  '%s reaches no subgraph',
  async (url) => {
    const before = seen.length;
    expect((await app.inject({ url })).statusCode).not.toBe(200);
    expect(seen).toHaveLength(before);
  },
);

test('a subgraph that cannot be reached is unavailable', async () => {
  const { payload } = await app.inject({ url: '/documents/away/1.pdf' });
  expect(payload).toContain('not available right now');
});
