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
