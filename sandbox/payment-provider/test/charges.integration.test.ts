import { readFile } from 'node:fs/promises';
import { eventually } from '@marquee/testkit';
import { afterAll, beforeAll, expect, test } from 'vitest';

import { TEST_CARDS } from '../src/cards.ts';
import { type ProviderUnderTest, startProvider, startReceiver, type WebhookReceiver } from './provider.ts';

let sandbox: ProviderUnderTest;
let receiver: WebhookReceiver;
let clock = new Date('2027-01-31T18:00:00Z');

beforeAll(async () => {
  receiver = await startReceiver();
  sandbox = await startProvider({ webhookUrl: receiver.url, now: () => clock });
});
afterAll(async () => {
  await sandbox.provider.stop();
  await receiver.close();
});

const webhooksOf = (chargeId: string): string[] =>
  receiver.received.filter(({ event }) => event.data['charge']?.id === chargeId).map(({ event }) => event.type);

test('a valid card is charged, and a webhook reports it', async () => {
  const { status, body } = await sandbox.charge('tok_visa');
  expect(status).toBe(201);
  expect(body).toMatchObject({
    status: 'succeeded',
    amount: 1_250,
    currency: 'EUR',
    declineCode: null,
    actionUrl: null,
  });
  await eventually(() => expect(webhooksOf(body.id)).toEqual(['charge.succeeded']));
});

test('a card with insufficient funds is declined, and so is an unknown token', async () => {
  const poor = await sandbox.charge('tok_insufficient_funds');
  expect(poor.body).toMatchObject({ status: 'failed', declineCode: 'insufficient_funds' });
  const unknown = await sandbox.charge('tok_nobody');
  expect(unknown.body).toMatchObject({ status: 'failed', declineCode: 'invalid_card' });
  await eventually(() => expect(webhooksOf(poor.body.id)).toEqual(['charge.failed']));
});

test('a card like a test card is another one, with a fingerprint, saved or not', async () => {
  const cards = ['tok_visa__anna', 'tok_visa__bert', 'tok_visa'];
  const charged = await Promise.all(cards.map((token) => sandbox.charge(token)));
  const [anna, bert, shared] = charged.map(({ body }) => body['cardFingerprint']);
  expect([anna, bert, shared]).toEqual([expect.any(String), expect.any(String), null]);
  expect(anna).not.toBe(bert);
  expect(charged.map(({ body }) => body['status'])).toEqual(cards.map(() => 'succeeded'));
  const saved = await sandbox.call('POST', '/v1/payment_methods', { body: { token: 'tok_visa__anna' } });
  expect((await sandbox.charge(String(saved.body['id']))).body['cardFingerprint']).toBe(anna);
});

test('opening the page completes a payment that requires action, once', async () => {
  const { body } = await sandbox.charge('tok_requires_action');
  expect(body).toMatchObject({ status: 'requires_action' });
  for (const _ of [1, 2]) {
    const page = await fetch(String(body['actionUrl']));
    expect(page.status).toBe(200);
    expect(await page.text()).toContain('Payment confirmed');
  }
  const after = await sandbox.call('GET', `/v1/charges/${body.id}`);
  expect(after.body).toMatchObject({ status: 'succeeded', actionUrl: null });
  await eventually(() =>
    expect(webhooksOf(body.id).toSorted()).toEqual(['charge.requires_action', 'charge.succeeded']),
  );
});

test('the first page shows a person every test card, as the README does', async () => {
  const { body } = await sandbox.charge('tok_requires_action');
  const page = await (await fetch(new URL('/', String(body['actionUrl'])))).text();
  const readme = await readFile(new URL('../README.md', import.meta.url), 'utf8');
  for (const { token, behaviour } of TEST_CARDS) {
    expect(page).toContain(`<code>${token}</code><br>${behaviour}`);
    expect(readme).toContain(`\`${token}\``);
  }
});

test('a cancelled charge cannot be completed, nor a completed one cancelled', async () => {
  const { body } = await sandbox.charge('tok_requires_action');
  expect((await sandbox.call('POST', `/v1/charges/${body.id}/cancel`)).body.status).toBe('canceled');
  expect(await (await fetch(String(body['actionUrl']))).text()).toContain('cancelled');
  const paid = await sandbox.charge('tok_visa');
  expect((await sandbox.call('POST', `/v1/charges/${paid.body.id}/cancel`)).body.status).toBe('succeeded');
});

test('a flaky charge is made although its response is withheld, and a retry returns it', async () => {
  const key = crypto.randomUUID();
  await expect(sandbox.charge('tok_flaky', { key, timeoutMs: 300 })).rejects.toThrow(/timeout/i);
  const retry = await sandbox.charge('tok_flaky', { key, timeoutMs: 300 });
  expect(retry.body.status).toBe('succeeded');
  const { body } = await sandbox.call('GET', '/v1/charges?reference=pay_1');
  const flaky = (body['data'] as { id: string }[]).filter(({ id }) => id === retry.body.id);
  expect(flaky).toHaveLength(1);
});

test('a late charge is processing until after the deadline in its metadata', async () => {
  const deadline = new Date(clock.getTime() + 600_000).toISOString();
  const { body } = await sandbox.charge('tok_late', { metadata: { deadline } });
  expect(body.status).toBe('processing');
  clock = new Date(clock.getTime() + 599_000);
  expect((await sandbox.call('GET', `/v1/charges/${body.id}`)).body.status).toBe('processing');
  expect(webhooksOf(body.id)).toEqual([]);
  clock = new Date(clock.getTime() + 2_000);
  await eventually(() => expect(webhooksOf(body.id)).toEqual(['charge.succeeded']));
});

test('a saved card that fails to renew pays once, even for concurrent charges', async () => {
  const saved = await sandbox.call('POST', '/v1/payment_methods', { body: { token: 'tok_renewal_fails' } });
  expect(saved.body).toMatchObject({ brand: 'visa', last4: '0341', expiryMonth: 12, expiryYear: 2034 });
  const charges = await Promise.all([1, 2, 3].map(() => sandbox.charge(saved.body.id)));
  expect(charges.map(({ body }) => body.status).toSorted()).toEqual(['failed', 'failed', 'succeeded']);
});

test('an unknown token cannot be saved', async () => {
  for (const token of ['tok_nobody', 'constructor']) {
    const refused = await sandbox.call('POST', '/v1/payment_methods', { body: { token } });
    expect(refused).toMatchObject({ status: 402, body: { error: { code: 'invalid_card' } } });
  }
});

test('an idempotency key returns the same charge, even concurrently, and rejects another body', async () => {
  const key = crypto.randomUUID();
  const answers = await Promise.all(Array.from({ length: 8 }, () => sandbox.charge('tok_visa', { key })));
  expect(new Set(answers.map(({ body }) => body.id)).size).toBe(1);
  const other = await sandbox.charge('tok_insufficient_funds', { key });
  expect(other).toMatchObject({ status: 409, body: { error: { code: 'idempotency_key_reused' } } });
});

test('a refund is made once per idempotency key, and never exceeds its charge', async () => {
  const { body: charge } = await sandbox.charge('tok_visa');
  const path = `/v1/charges/${charge.id}/refunds`;
  const body = { amount: 1_000, reference: 'rfd_1' };
  const key = crypto.randomUUID();
  const [first, second] = await Promise.all([1, 2].map(() => sandbox.call('POST', path, { body, key })));
  expect(first?.body).toMatchObject({ status: 'succeeded', amount: 1_000, chargeId: charge.id });
  expect(second?.body.id).toBe(first?.body.id);
  const excess = await sandbox.call('POST', path, { body, key: crypto.randomUUID() });
  expect(excess).toMatchObject({ status: 422, body: { error: { code: 'refund_exceeds_charge' } } });
  expect((await sandbox.call('GET', `/v1/charges/${charge.id}`)).body['refundedAmount']).toBe(1_000);
  await eventually(() => {
    const refunds = receiver.received.filter(({ event }) => event.data['refund']?.id === first?.body.id);
    expect(refunds.map(({ event }) => event.type)).toEqual(['refund.succeeded']);
  });
});

test('a request without the API key is rejected, and a malformed one names the invalid field', async () => {
  expect((await sandbox.call('GET', '/v1/charges/ch_1', { apiKey: 'sk_wrong' })).status).toBe(401);
  expect((await sandbox.charge('tok_visa', { apiKey: '' })).status).toBe(401);
  expect((await sandbox.call('POST', '/v1/charges', { body: { amount: 1 } })).status).toBe(400);
  expect((await sandbox.call('POST', '/v1/charges', { body: { amount: -1 }, key: 'k' })).status).toBe(400);
  expect((await sandbox.call('GET', '/v1/charges/ch_nobody')).status).toBe(404);
});

test('charges and refunds are listed by time, page by page, each once', async () => {
  clock = new Date('2027-03-01T10:00:00Z');
  const made: string[] = [];
  for (let count = 0; count < 3; count += 1) made.push((await sandbox.charge('tok_visa')).body.id);
  const body = { amount: 250, reference: 'rfd_listed' };
  const refund = await sandbox.call('POST', `/v1/charges/${made[0]}/refunds`, { body, key: crypto.randomUUID() });
  const within = 'createdFrom=2027-03-01T10:00:00Z&createdTo=2027-03-01T10:00:01Z&limit=2';
  const list = async (path: string) => (await sandbox.call('GET', path)).body as unknown as Listed;
  const first = await list(`/v1/charges?${within}`);
  const rest = await list(`/v1/charges?${within}&after=${first.data[1]?.id}`);
  expect([first.hasMore, rest.hasMore]).toEqual([true, false]);
  expect([...first.data, ...rest.data].map(({ id }) => id).toSorted()).toEqual(made.toSorted());
  expect((await list(`/v1/refunds?${within}`)).data).toMatchObject([{ id: refund.body.id, chargeId: made[0] }]);
  expect((await list('/v1/refunds?reference=rfd_listed')).data).toHaveLength(1);
  expect((await sandbox.call('GET', '/v1/charges?createdFrom=yesterday')).status).toBe(400);
});

interface Listed {
  readonly data: readonly { readonly id: string }[];
  readonly hasMore: boolean;
}
