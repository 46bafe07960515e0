import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, expect, test } from 'vitest';

import { pay, paymentAs, paymentsOf, topUp } from './operations.ts';
import { customer, paymentsStage, providerOf, soon } from './stage.ts';

/** What happens to a process around its next charge. */
let fate: 'lives' | 'dies-before' | 'dies-after' = 'lives';
let refundAnswers = 0;
const stage = await paymentsStage({
  webhooks: false,
  through: (provider) => ({
    ...provider,
    charge: async (request) => {
      if (fate === 'dies-before') throw new Error('killed');
      const charge = await provider.charge(request);
      if (fate === 'dies-after') throw new Error('killed');
      return charge;
    },
    refund: async (request) => {
      const refund = await provider.refund(request);
      refundAnswers += 1;
      if (refundAnswers === 1) throw new Error('the answer was lost');
      return refund;
    },
  }),
});
const { payments, instance, end, database, sandbox, requestedBooking, tell } = stage;

/** Begins a payment in a process that dies over it. @returns the payment's id */
async function dieOver(what: () => Promise<unknown>, how: 'dies-before' | 'dies-after', customerId: string) {
  fate = how;
  expect(await what()).toMatchObject({ code: 'INTERNAL_SERVER_ERROR' });
  fate = 'lives';
  const { id, status } = await database.payment.findFirstOrThrow({ where: { customerId } });
  expect(status).toBe('PROCESSING');
  return id;
}

/** Starts the subgraph anew beside the one that hangs on, until the assertion holds. */
async function restart(assertion: () => Promise<void>): Promise<void> {
  const successor = await instance();
  await soon(assertion);
  await end(successor);
}

const statusOf = async (id: string): Promise<string> =>
  (await database.payment.findUniqueOrThrow({ where: { id } })).status;

test('killed between charge and settling, a payment ends in SUCCEEDED after the next start', async () => {
  const { caller, bookingId, customerId } = await requestedBooking();
  const id = await dieOver(() => pay(payments, caller, bookingId), 'dies-after', customerId);
  await restart(async () => expect(await statusOf(id)).toBe('SUCCEEDED'));
  const types = (await database.outboxEvent.findMany({ where: { key: id } })).map(({ type }) => type);
  expect(types).toContain('payment.succeeded');
  expect(await database.journalEntry.count({ where: { paymentId: id } })).toBe(1);
});

test('killed before the charge, a payment is charged after the next start', async () => {
  const caller = customer();
  const id = await dieOver(() => topUp(payments, caller, 1_000), 'dies-before', caller.userId);
  await restart(async () => expect(await statusOf(id)).toBe('SUCCEEDED'));
});

test('killed before the charge and found after the deadline, a payment fails uncharged', async () => {
  const { caller, bookingId, customerId } = await requestedBooking({ inMs: 400 });
  const id = await dieOver(() => pay(payments, caller, bookingId), 'dies-before', customerId);
  const later = (): Date => new Date(Date.now() + 60_000);
  const after = await instance({ now: later });
  await soon(async () => expect(await statusOf(id)).toBe('FAILED'));
  await end(after);
  const [booking] = await paymentsOf(payments, caller, bookingId);
  expect(booking?.payments).toMatchObject([{ id, status: 'FAILED' }]);
});

test('a completed action whose webhook never came is found by asking', async () => {
  const { caller, bookingId } = await requestedBooking();
  const { payment } = await pay(payments, caller, bookingId, { cardToken: 'tok_requires_action' });
  await fetch(String(payment.actionUrl));
  await restart(async () => expect(await statusOf(payment.id)).toBe('SUCCEEDED'));
});

test('an action that was not taken in time is given up, and cannot be taken any more', async () => {
  const { caller, bookingId } = await requestedBooking({ inMs: 1_500 });
  const { payment } = await pay(payments, caller, bookingId, { cardToken: 'tok_requires_action' });
  await soon(async () => expect(await statusOf(payment.id)).toBe('CANCELLED'));
  expect(await (await fetch(String(payment.actionUrl))).text()).toContain('cancelled');
  expect((await paymentAs(payments, caller, payment.id)).actionUrl).toBeNull();
});

test("a booking's end gives up the payment that waits for its customer", async () => {
  const { caller, bookingId, customerId } = await requestedBooking();
  const { payment } = await pay(payments, caller, bookingId, { cardToken: 'tok_requires_action' });
  await tell('booking.expired', bookingId, {
    ...{ bookingId, customerId, showId: 'lon_shw_1' },
    ...{ previousStatus: 'PENDING_PAYMENT', titleName: 'Metropolis' },
  });
  await soon(async () => expect(await statusOf(payment.id)).toBe('CANCELLED'));
});

test('a provider that cannot be reached charges nothing, and another may pay meanwhile', async () => {
  const { caller, bookingId } = await requestedBooking();
  const cutOff = await instance({ provider: providerOf(sandbox, { baseUrl: await addressOfNobody() }) }, false);
  const refused = await pay(cutOff, caller, bookingId);
  expect(refused.__typename).toBe('PaymentProviderUnavailableError');
  const { status, declineCode } = await database.payment.findFirstOrThrow({ where: { bookingId } });
  expect({ status, declineCode }).toEqual({ status: 'FAILED', declineCode: 'provider_unavailable' });
  expect((await pay(payments, caller, bookingId)).payment.status).toBe('SUCCEEDED');
});

/** An address at which nothing listens any more. */
async function addressOfNobody(): Promise<string> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return `http://127.0.0.1:${port}`;
}

test('a provider that never answers leaves the payment open until it can be asked', async () => {
  const silent = createServer(() => undefined);
  await new Promise<void>((resolve) => silent.listen(0, '127.0.0.1', resolve));
  afterAll(() => void silent.close());
  const baseUrl = `http://127.0.0.1:${(silent.address() as AddressInfo).port}`;
  const unheard = await instance({ provider: providerOf(sandbox, { baseUrl, timeoutMs: 300 }) }, false);
  const { caller, bookingId } = await requestedBooking();
  const { payment } = await pay(unheard, caller, bookingId);
  expect(payment.status).toBe('PROCESSING');
  silent.closeAllConnections();
  await restart(async () => expect(await statusOf(payment.id)).toBe('SUCCEEDED'));
});

test('a refund whose answer was lost is asked for again, and made once', async () => {
  const { caller, bookingId, customerId } = await requestedBooking();
  const { payment } = await pay(payments, caller, bookingId);
  await tell('booking.refund-required', bookingId, {
    ...{ bookingId, customerId, paymentId: payment.id, reason: 'The payment came too late.' },
    amount: { amount: 2_400, currency: 'EUR' },
  });
  await soon(async () =>
    expect(await database.refund.findFirst({ where: { bookingId } })).toMatchObject({ status: 'SUCCEEDED' }),
  );
  expect(refundAnswers).toBe(2);
  expect(await database.journalEntry.count({ where: { paymentId: payment.id, kind: 'CARD_REFUND' } })).toBe(1);
});
