import { createServer } from 'node:http';
import { text } from 'node:stream/consumers';
import type { AddressInfo } from 'node:net';
import { whenDone } from '@marquee/testkit';
import { describe, expect, test } from 'vitest';

import { key, pay, paymentAs, paymentsOf, topUp } from './operations.ts';
import { API_KEY, customer, openPayments, eventually } from './harness.ts';

/** When the process crashes during its next charge. */
let crash: 'never' | 'before-charge' | 'after-charge' = 'never';
let refundResponses = 0;
const harness = await openPayments({
  webhooks: false,
  wrapProvider: (provider) => ({
    ...provider,
    charge: async (request) => {
      if (crash === 'before-charge') throw new Error('crashed');
      const charge = await provider.charge(request);
      if (crash === 'after-charge') throw new Error('crashed');
      return charge;
    },
    refund: async (request) => {
      const refund = await provider.refund(request);
      refundResponses += 1;
      if (refundResponses === 1) throw new Error('the response was lost');
      return refund;
    },
  }),
});
const { payments, openInstance, database, requestedBooking, deliver } = harness;

/** Starts a payment in a process that crashes during it. @returns the payment's id */
async function crashDuring(
  operation: () => Promise<unknown>,
  when: 'before-charge' | 'after-charge',
  customerId: string,
) {
  crash = when;
  expect(await operation()).toMatchObject({ code: 'INTERNAL_SERVER_ERROR' });
  crash = 'never';
  const { id, status } = await database.payment.findFirstOrThrow({ where: { customerId } });
  expect(status).toBe('PROCESSING');
  return id;
}

/** Runs a second instance, as after a restart, until the assertion holds. */
async function restartUntil(assertion: () => Promise<void>): Promise<void> {
  await openInstance();
  await eventually(assertion);
}

const statusOf = async (id: string): Promise<string> =>
  (await database.payment.findUniqueOrThrow({ where: { id } })).status;

test('after a crash between charge and settlement, a restart settles the payment', async () => {
  const { caller, bookingId, customerId } = await requestedBooking();
  const id = await crashDuring(() => pay(payments, caller, bookingId), 'after-charge', customerId);
  await restartUntil(async () => expect(await statusOf(id)).toBe('SUCCEEDED'));
  const types = (await database.outboxEvent.findMany({ where: { key: id } })).map(({ type }) => type);
  expect(types).toContain('payment.succeeded');
  expect(await database.journalEntry.count({ where: { paymentId: id } })).toBe(1);
});

test('after a crash before the charge, a restart charges the payment', async () => {
  const caller = customer();
  const id = await crashDuring(() => topUp(payments, caller, 1_000), 'before-charge', caller.userId);
  await restartUntil(async () => expect(await statusOf(id)).toBe('SUCCEEDED'));
});

test('after a crash before the charge, a payment past its deadline fails uncharged', async () => {
  const { caller, bookingId, customerId } = await requestedBooking({ inMs: 400 });
  const id = await crashDuring(() => pay(payments, caller, bookingId), 'before-charge', customerId);
  const later = (): Date => new Date(Date.now() + 60_000);
  await openInstance({ now: later });
  await eventually(async () => expect(await statusOf(id)).toBe('FAILED'));
  const [booking] = await paymentsOf(payments, caller, bookingId);
  expect(booking?.payments).toMatchObject([{ id, status: 'FAILED' }]);
});

test('a completed action settles its payment even if the webhook is lost', async () => {
  const { caller, bookingId } = await requestedBooking();
  const { payment } = await pay(payments, caller, bookingId, { cardToken: 'tok_requires_action' });
  await fetch(String(payment.actionUrl));
  await restartUntil(async () => expect(await statusOf(payment.id)).toBe('SUCCEEDED'));
});

test('an action that is not completed in time is cancelled, and cannot be completed later', async () => {
  const { caller, bookingId } = await requestedBooking();
  const { payment } = await pay(payments, caller, bookingId, { cardToken: 'tok_requires_action' });
  await openInstance({ now: () => new Date(Date.now() + 3_600_000) });
  await eventually(async () => expect(await statusOf(payment.id)).toBe('CANCELLED'));
  expect(await (await fetch(String(payment.actionUrl))).text()).toContain('cancelled');
  expect((await paymentAs(payments, caller, payment.id)).actionUrl).toBeNull();
});

test('the expiry of a booking cancels its payment that requires action', async () => {
  const { caller, bookingId, customerId } = await requestedBooking();
  const { payment } = await pay(payments, caller, bookingId, { cardToken: 'tok_requires_action' });
  await deliver('booking.expired', {
    ...{ bookingId, customerId, showId: 'lon_shw_1' },
    ...{ previousStatus: 'PENDING_PAYMENT', titleName: 'Metropolis' },
  });
  await restartUntil(async () => expect(await statusOf(payment.id)).toBe('CANCELLED'));
});

test('an unreachable provider charges nothing, and the booking can be paid again', async () => {
  const { caller, bookingId } = await requestedBooking();
  const { subgraph: cutOff } = await openInstance({ providerUrl: await unreachableAddress(), start: false });
  const refused = await pay(cutOff, caller, bookingId);
  expect(refused.__typename).toBe('PaymentProviderUnavailableError');
  const { status, declineCode } = await database.payment.findFirstOrThrow({ where: { bookingId } });
  expect({ status, declineCode }).toEqual({ status: 'FAILED', declineCode: 'provider_unavailable' });
  expect((await pay(payments, caller, bookingId)).payment.status).toBe('SUCCEEDED');
});

/** An address on which nothing listens. */
async function unreachableAddress(): Promise<string> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return `http://127.0.0.1:${port}`;
}

test('a provider that never answers leaves the payment live until it can be reconciled', async () => {
  const silent = createServer(() => undefined);
  await new Promise<void>((resolve) => silent.listen(0, '127.0.0.1', resolve));
  whenDone(() => void silent.close());
  const providerUrl = `http://127.0.0.1:${(silent.address() as AddressInfo).port}`;
  const { subgraph: unanswered } = await openInstance({ providerUrl, timeoutMs: 300, start: false });
  const { caller, bookingId } = await requestedBooking();
  const { payment } = await pay(unanswered, caller, bookingId);
  expect(payment.status).toBe('PROCESSING');
  silent.closeAllConnections();
  await restartUntil(async () => expect(await statusOf(payment.id)).toBe('SUCCEEDED'));
});

describe('a provider that answers slower than a customer waits', () => {
  const chargesOf = async (paymentId: string): Promise<number> => {
    const answer = await fetch(`${harness.sandbox.url}/v1/charges?reference=${paymentId}`, {
      headers: { authorization: `Bearer ${API_KEY}` },
    });
    return ((await answer.json()) as { data: unknown[] }).data.length;
  };

  test('the retry with the same key finds the charge', async () => {
    const slow = await slowProvider();
    const { subgraph } = await openInstance({ providerUrl: slow.url, timeoutMs: 300, start: false });
    const { caller, bookingId } = await requestedBooking();
    const [card, idempotencyKey] = [{ cardToken: 'tok_visa' }, key()];
    const first = await pay(subgraph, caller, bookingId, card, idempotencyKey);
    expect(first.payment.status).toBe('PROCESSING');
    expect((await pay(subgraph, caller, bookingId, card, idempotencyKey)).payment).toEqual(first.payment);
    slow.recover();
    const { payment } = await pay(subgraph, caller, bookingId, card, idempotencyKey);
    expect(payment).toMatchObject({ id: first.payment.id, status: 'SUCCEEDED' });
    expect(await chargesOf(payment.id)).toBe(1);
  });

  test('a customer who does not come back learns the end, although the provider stays slow', async () => {
    const slow = await slowProvider();
    const { caller, bookingId } = await requestedBooking();
    const { subgraph } = await openInstance({ providerUrl: slow.url, timeoutMs: 300 });
    const { payment } = await pay(subgraph, caller, bookingId);
    await eventually(async () => expect(await statusOf(payment.id)).toBe('SUCCEEDED'));
    expect(await chargesOf(payment.id)).toBe(1);
  });

  test('a request refused while the circuit was open succeeds with the same key once it has closed', async () => {
    const slow = await slowProvider();
    const { subgraph } = await openInstance({ providerUrl: slow.url, timeoutMs: 50, breakMs: 2_000, start: false });
    for (let tries = 0; tries < 4; tries += 1) await pay(subgraph, ...(await aBooking()));
    const [caller, bookingId] = await aBooking();
    const [card, idempotencyKey] = [{ cardToken: 'tok_visa' }, key()];
    const again = () => pay(subgraph, caller, bookingId, card, idempotencyKey);
    expect((await again()).__typename).toBe('PaymentProviderUnavailableError');
    slow.recover();
    await eventually(async () => expect((await again()).payment?.status).toBe('SUCCEEDED'));
    const { payment } = await again();
    expect(await chargesOf(payment.id)).toBe(1);
    const made = await database.payment.findMany({ where: { bookingId }, select: { status: true } });
    expect(made.filter(({ status }) => status !== 'FAILED')).toEqual([{ status: 'SUCCEEDED' }]);
  });

  async function aBooking(): Promise<[ReturnType<typeof customer>, string]> {
    const { caller, bookingId } = await requestedBooking();
    return [caller, bookingId];
  }
});

/** The sandbox behind a proxy that answers after a second, until it recovers. */
async function slowProvider(): Promise<{ url: string; recover: () => void }> {
  let slow = true;
  const server = createServer(async (request, response) => {
    const body = await text(request);
    const { method = 'GET', url = '/' } = request;
    const answer = await fetch(new URL(url, harness.sandbox.url), {
      method,
      headers: request.headers as Record<string, string>,
      ...(body && { body }),
    });
    const answerText = await answer.text();
    const send = () => response.writeHead(answer.status, { 'content-type': 'application/json' }).end(answerText);
    if (slow) setTimeout(send, 1_000);
    else send();
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  whenDone(() => void server.close());
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, recover: () => (slow = false) };
}

test('a refund whose response was lost is retried, and made once', async () => {
  const { caller, bookingId, customerId } = await requestedBooking();
  const { payment } = await pay(payments, caller, bookingId);
  await deliver('booking.refund-required', {
    ...{ refundTo: 'SOURCE', parts: null },
    ...{ bookingId, customerId, paymentId: payment.id, reason: 'The payment came too late.' },
    amount: { amount: 2_400, currency: 'EUR' },
  });
  await eventually(async () =>
    expect(await database.refund.findFirst({ where: { bookingId } })).toMatchObject({ status: 'SUCCEEDED' }),
  );
  expect(refundResponses).toBe(2);
  expect(await database.journalEntry.count({ where: { paymentId: payment.id, kind: 'CARD_REFUND' } })).toBe(1);
});
