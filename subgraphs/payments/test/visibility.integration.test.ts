import type { Caller } from '@marquee/subgraph';
import { newId } from '@marquee/subgraph/ids';
import { expect, test } from 'vitest';

import { FOLLOW, pay, paymentAs, paymentsOf, refund, saveCard, topUp, users, VISIBLE } from './operations.ts';
import { customer, openPayments, eventually } from './harness.ts';

const harness = await openPayments();
const { payments, openInstance, requestedBooking } = harness;
const agent = customer(undefined, ['users:read', 'payments:refund', 'support:write']);
const caseOf = ({ userId: customerId }: { userId: string }) =>
  harness.deliver('support.case-changed', { ticketId: newId('tic'), customerId, version: 1, resolvedAt: null });
const administrator = customer(undefined, ['users:write']);
const stranger = customer();
const anonymous: Caller = { kind: 'anonymous' };
/** Runs no relay and no jobs, so that only requests send statements. */
const { subgraph: quiet, statements } = await openInstance({ start: false });

test('a payment is visible to its customer, and to support that has a case of theirs', async () => {
  const { caller, bookingId } = await requestedBooking();
  const { payment } = await pay(payments, caller, bookingId);
  expect(await paymentAs(payments, agent, payment.id, VISIBLE)).toMatchObject({ code: 'FORBIDDEN' });
  expect(await paymentsOf(payments, agent, bookingId)).toMatchObject({ code: 'FORBIDDEN' });
  expect(await refund(payments, agent, payment.id)).toMatchObject({ code: 'FORBIDDEN' });
  await caseOf(caller);
  for (const may of [caller, agent]) {
    expect(await paymentAs(payments, may, payment.id, VISIBLE)).toMatchObject({ id: payment.id, status: 'SUCCEEDED' });
    const [booking] = await paymentsOf(payments, may, bookingId);
    expect(booking?.payments).toMatchObject([{ id: payment.id, amount: { amount: 2_400 } }]);
  }
  for (const [mayNot, code] of [
    [stranger, 'FORBIDDEN'],
    [anonymous, 'UNAUTHENTICATED'],
  ] as const) {
    expect(await paymentAs(payments, mayNot, payment.id, VISIBLE)).toMatchObject({ code });
    expect(await paymentsOf(payments, mayNot, bookingId)).toMatchObject({ code });
  }
});

test('the page on which a payment is completed is its customer’s alone', async () => {
  const { caller, bookingId } = await requestedBooking();
  const { payment } = await pay(payments, caller, bookingId, { cardToken: 'tok_requires_action' });
  expect((await paymentAs(payments, caller, payment.id)).actionUrl).toMatch(/^http/);
  for (const [mayNot, code] of [
    [agent, 'FORBIDDEN'],
    [{ kind: 'service', name: 'notifications' }, 'FORBIDDEN'],
    [stranger, 'FORBIDDEN'],
    [anonymous, 'UNAUTHENTICATED'],
  ] as const) {
    expect(await paymentAs(payments, mayNot, payment.id, 'actionUrl')).toMatchObject({ code });
  }
});

test('a wallet and saved cards are visible to their owner and to administrators, and not to support', async () => {
  const owner = customer();
  await topUp(payments, owner, 1_000);
  await saveCard(payments, owner, 'tok_visa');
  for (const may of [owner, administrator]) {
    const [found] = await users(payments, may, [owner.userId]);
    expect(found).toMatchObject({ wallet: { balance: { amount: 1_000 } }, paymentMethods: [{ last4: '4242' }] });
  }
  expect(await users(payments, stranger, [owner.userId])).toMatchObject({ code: 'FORBIDDEN' });
  expect(await users(payments, anonymous, [owner.userId])).toMatchObject({ code: 'UNAUTHENTICATED' });
  expect(await users(payments, agent, [owner.userId])).toMatchObject({ code: 'FORBIDDEN' });
});

test('paying, saving a card and topping up require sign-in', async () => {
  const { bookingId } = await requestedBooking();
  expect(await pay(payments, anonymous, bookingId)).toMatchObject({ code: 'UNAUTHENTICATED' });
  expect(await saveCard(payments, anonymous, 'tok_visa')).toMatchObject({ code: 'UNAUTHENTICATED' });
  expect(await topUp(payments, anonymous, 100)).toMatchObject({ code: 'UNAUTHENTICATED' });
});

test('only its customer can subscribe to a payment', async () => {
  const { caller, bookingId } = await requestedBooking();
  const { payment } = await pay(payments, caller, bookingId, { cardToken: 'tok_requires_action' });
  const follow = (who: Caller, id: string) => payments.subscribe({ query: FOLLOW, variables: { id }, caller: who });
  for (const [mayNot, code] of [
    [stranger, 'FORBIDDEN'],
    [agent, 'FORBIDDEN'],
    [anonymous, 'UNAUTHENTICATED'],
  ] as const) {
    expect(await follow(mayNot, payment.id)).toMatchObject({ errors: [{ extensions: { code } }] });
  }
  expect(await follow(caller, 'pay_nobody')).toMatchObject({ errors: [{ extensions: { code: 'NOT_FOUND' } }] });

  // Both ids are looked up together: one that cannot exist must not fail the other.
  for (const refused of await Promise.all(['pay_nobody', 'pay_\u0001'].map((id) => follow(caller, id)))) {
    expect(refused).toMatchObject({ errors: [{ extensions: { code: 'NOT_FOUND' } }] });
  }

  const stream = await follow(caller, payment.id);
  if (!(Symbol.asyncIterator in stream)) throw new Error('no stream');
  const seen: unknown[] = [];
  const reading = (async () => {
    for await (const { data } of stream) seen.push((data as { paymentStatusChanged: object }).paymentStatusChanged);
  })();
  await fetch(String(payment.actionUrl));
  await eventually(() => expect(seen.at(-1)).toEqual({ payment: { id: payment.id, status: 'SUCCEEDED' } }));
  await stream.return?.();
  await reading;
});

test('payments of many bookings are read in one statement', async () => {
  const owner = customer();
  await caseOf(owner);
  const bookings = await Promise.all([1, 2, 3, 4].map(() => requestedBooking({ customerId: owner.userId })));
  for (const { bookingId } of bookings) await pay(payments, owner, bookingId);
  const ids = bookings.map(({ bookingId }) => bookingId);
  const sent = await statements.during(async () => {
    const found = await paymentsOf(quiet, owner, ...ids);
    expect(found.map((booking) => booking.payments.length)).toEqual([1, 1, 1, 1]);
  });
  expect(sent.filter((sql) => /"?payments"? WHERE/.test(sql))).toHaveLength(1);
  const bySupport = await statements.during(async () => {
    expect(await paymentsOf(quiet, agent, ...ids)).toHaveLength(4);
  });
  expect(bySupport.filter((sql) => sql.includes('support_cases'))).toHaveLength(1);
});

test('wallets and cards of many people are read in one statement each', async () => {
  const owners = await Promise.all(
    [1, 2, 3].map(async () => {
      const owner = customer();
      await topUp(payments, owner, 500);
      await saveCard(payments, owner, 'tok_visa');
      return owner.userId;
    }),
  );
  const sent = await statements.during(async () => {
    const found = await users(quiet, administrator, owners);
    expect(found.map(({ wallet }) => wallet.balance)).toEqual(owners.map(() => ({ amount: 500, currency: 'EUR' })));
  });
  expect(sent.filter((sql) => sql.includes('wallet_balances WHERE customer_id = asked.id'))).toHaveLength(1);
  expect(sent.filter((sql) => sql.includes('payment_methods'))).toHaveLength(1);
});
