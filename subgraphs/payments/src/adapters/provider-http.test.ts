import { createServer, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, expect, test } from 'vitest';

import { providerHttp, type ProviderHttp, type ResilienceOptions } from './provider-http.ts';

const servers: Server[] = [];
const clients: ProviderHttp[] = [];
afterEach(async () => {
  for (const client of clients.splice(0)) client.close();
  for (const server of servers.splice(0)) {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  }
});

async function listen(handler: RequestListener): Promise<string> {
  const server = createServer(handler);
  servers.push(server);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

function clientOf(baseUrl: string, options: ResilienceOptions = {}): ProviderHttp {
  const client = providerHttp({ baseUrl, apiKey: 'sk_1', timeoutMs: 1_500, ...options });
  clients.push(client);
  return client;
}

const charge = { method: 'POST', path: '/v1/charges', body: { amount: 1 }, idempotencyKey: 'pay_1' } as const;

test('a request carries the API key and its idempotency key, and any response below 500 is returned', async () => {
  const seen: unknown[] = [];
  const url = await listen((request, response) => {
    seen.push([request.headers.authorization, request.headers['idempotency-key']]);
    response.writeHead(402, { 'content-type': 'application/json' }).end('{"error":{"code":"invalid_card"}}');
  });
  expect(await clientOf(url).send(charge)).toEqual({ status: 402, body: { error: { code: 'invalid_card' } } });
  expect(seen).toEqual([['Bearer sk_1', 'pay_1']]);
});

test('a redirect is not followed, so that a card’s token reaches nobody else', async () => {
  const elsewhere: unknown[] = [];
  const other = await listen((request, response) => {
    elsewhere.push(request.url);
    response.end('{}');
  });
  const url = await listen((_request, response) => response.writeHead(307, { location: `${other}/v1/charges` }).end());
  await expect(clientOf(url, { attempts: 1 }).send(charge)).rejects.toMatchObject({ outcomeUnknown: true });
  expect(elsewhere).toEqual([]);
});

test('a request without an answer is sent again with the same key', async () => {
  const keys: unknown[] = [];
  const url = await listen((request, response) => {
    keys.push(request.headers['idempotency-key']);
    if (keys.length === 3) response.writeHead(201).end('{"id":"ch_1"}');
    else if (keys.length === 2) response.writeHead(503).end('busy');
  });
  expect(await clientOf(url).send(charge)).toEqual({ status: 201, body: { id: 'ch_1' } });
  expect(keys).toEqual(['pay_1', 'pay_1', 'pay_1']);
});

test('the outcome is unknown when no attempt is answered', async () => {
  const url = await listen(() => undefined);
  await expect(clientOf(url, { timeoutMs: 100 }).send(charge)).rejects.toMatchObject({
    name: 'ProviderUnavailableError',
    outcomeUnknown: true,
  });
});

test('the outcome is known when no attempt reached the provider', async () => {
  const url = await listen(() => undefined);
  const [server] = servers.splice(0);
  await new Promise((resolve) => server?.close(resolve));
  await expect(clientOf(url).send(charge)).rejects.toMatchObject({ outcomeUnknown: false });
});

test('the circuit opens for a failing provider and closes once it recovers', async () => {
  let requests = 0;
  let healthy = false;
  const url = await listen((_request, response) => {
    requests += 1;
    response.writeHead(healthy ? 200 : 503).end('{}');
  });
  const client = clientOf(url, { attempts: 1, breakMs: 100 });
  for (let sent = 0; sent < 12; sent += 1) await client.send(charge).catch(() => undefined);
  const whileBroken = requests;
  await expect(client.send(charge)).rejects.toMatchObject({ outcomeUnknown: false, message: /circuit/ });
  expect(requests).toBe(whileBroken);
  healthy = true;
  await expect.poll(() => client.send(charge).catch(() => null)).toEqual({ status: 200, body: {} });
});

test('a request at which the provider fails leaves the circuit closed for others', async () => {
  const url = await listen((request, response) => {
    response.writeHead(request.headers['idempotency-key'] === 'poison' ? 500 : 200).end('{}');
  });
  const client = clientOf(url, { attempts: 2 });
  for (let sent = 0; sent < 8; sent += 1) {
    await expect(client.send({ ...charge, idempotencyKey: 'poison' })).rejects.toMatchObject({ message: /HTTP 500/ });
  }
  expect(await client.send(charge)).toEqual({ status: 200, body: {} });
});
