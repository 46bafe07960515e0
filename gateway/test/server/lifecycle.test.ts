import { request } from 'node:http';
import { connect } from 'node:net';
import { expect, test } from 'vitest';
import { startGateway } from './gateway-under-test.ts';

test('liveness always passes, readiness only while every dependency answers', async () => {
  let isRedisUp = true;
  const { gateway } = await startGateway({
    readiness: {
      catalog: async () => {},
      redis: async () => {
        if (!isRedisUp) throw new Error('down');
      },
    },
  });
  expect((await gateway.app.inject('/healthz')).statusCode).toBe(200);
  const states = await gateway.listenForMetrics(0);
  const report = async () => (await fetch(new URL('/readyz', states))).json();
  expect((await gateway.app.inject('/readyz')).json()).toEqual({ status: 'ready' });
  expect(await report()).toMatchObject({ status: 'ready', parts: { redis: { ok: true } } });
  isRedisUp = false;
  const failed = await gateway.app.inject('/readyz');
  expect(failed.statusCode).toBe(503);
  expect(failed.json()).toEqual({ status: 'not ready' });
  expect(await report()).toMatchObject({ parts: { catalog: { ok: true }, redis: { ok: false } } });
  expect((await gateway.app.inject('/healthz')).statusCode).toBe(200);
});

test('metrics count requests, errors and fetches', async () => {
  const { ask, gateway } = await startGateway();
  await ask('{ broken }');
  const body = await gateway.metrics.metrics();
  expect(body).toContain('marquee_gateway_requests_total{transport="http",status="200"} 1');
  expect(body).toContain('marquee_gateway_errors_total{code="INTERNAL_SERVER_ERROR"} 1');
  expect(body).toContain('marquee_gateway_fetch_duration_seconds_count{subgraph="catalog",outcome="ok"} 1');
});

test('other routes share the HTTP server', async () => {
  const { gateway } = await startGateway({
    routes: (app) => {
      app.post('/webhooks/payments', async () => ({ received: true }));
    },
  });
  expect((await gateway.app.inject({ method: 'POST', url: '/webhooks/payments' })).json()).toEqual({ received: true });
});

test('a stop completes requests in flight, then accepts no connections', async () => {
  const { gateway, ask, url } = await startGateway();
  await ask('{ shows { id } }');
  const running = ask('{ slow(ms: 300) }');
  await ask('{ shows { id } }');
  await gateway.stop();
  expect((await running).body.data).toEqual({ slow: 'done' });
  await expect(new Promise((resolve, reject) => request(url, resolve).on('error', reject).end())).rejects.toMatchObject(
    { code: 'ECONNREFUSED' },
  );
});

test('a connection without a request does not delay a stop', async () => {
  const { gateway, url } = await startGateway({ settings: { drainMs: 20_000 } });
  const spare = connect(Number(new URL(url).port), '127.0.0.1');
  await new Promise((resolve) => spare.once('connect', resolve));
  const closed = new Promise((resolve) => spare.once('close', resolve));
  const startedAt = performance.now();
  await gateway.stop();
  expect(performance.now() - startedAt).toBeLessThan(10_000);
  await closed;
});
