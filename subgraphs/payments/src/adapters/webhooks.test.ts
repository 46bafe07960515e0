import fastify from 'fastify';
import { expect, test } from 'vitest';

import { WebhookRejectedError } from '../domain/payment-provider.ts';
import { webhookRoutes } from './webhooks.ts';

test('a webhook with a wrong signature is a security event, a received one is not', async () => {
  const events: unknown[] = [];
  const app = fastify();
  const deps = { provider: { name: 'sandbox' }, securityEvent: (...event: unknown[]) => void events.push(event) };
  webhookRoutes(app, deps, async ({ body }) => {
    if (body !== 'genuine') throw new WebhookRejectedError('the signature is wrong');
  });
  const post = async (payload: string) =>
    (await app.inject({ method: 'POST', url: '/webhooks/payments/sandbox', payload })).statusCode;
  expect([await post('genuine'), await post('forged')]).toEqual([200, 400]);
  const detail = 'sandbox: the signature is wrong';
  expect(events).toEqual([['webhook-rejected', { address: '127.0.0.1', detail }]]);
});

test('a body above 256 kB is refused before anything reads it', async () => {
  const app = fastify();
  const deps = { provider: { name: 'sandbox' }, securityEvent: () => undefined };
  const received: number[] = [];
  webhookRoutes(app, deps, async ({ body }) => void received.push(body.length));
  const post = async (payload: string) =>
    (await app.inject({ method: 'POST', url: '/webhooks/payments/sandbox', payload })).statusCode;
  expect([await post('x'.repeat(256 * 1024)), await post('x'.repeat(256 * 1024 + 1))]).toEqual([200, 413]);
  expect(received).toEqual([256 * 1024]);
});
