import { idempotent } from '@marquee/database';
import { minorUnits } from '@marquee/money';
import type { PrismaClient } from '@marquee/prisma-payments';
import { newCityId } from '@marquee/subgraph';

import { PaymentSettlementRepository } from '../src/adapters/payment-settlement.ts';
import { SettlementRepository } from '../src/adapters/settlement.ts';
import type { Settlement, SettlementTransaction } from '../src/domain/settlement.ts';
import { refundPayment, type RefundPaymentDeps } from '../src/use-cases/refund-payment.ts';
import { requestRefund, type RequestRefundInput } from '../src/use-cases/request-refund.ts';
import { key, pay, topUp } from './operations.ts';
import { customer, type PaymentsHarness } from './harness.ts';

/** A database without one of its constraints, for the control of a race. */
export interface UnconstrainedDatabase {
  readonly databaseUrl: string;
  /** The statement that drops the constraint. */
  readonly drop: string;
}

/**
 * One customer pays one booking many times at once, each time with a new idempotency key.
 *
 * @returns the number of payments that succeeded
 */
export async function payConcurrently(
  harness: PaymentsHarness,
  count: number,
  control?: UnconstrainedDatabase,
): Promise<number> {
  const { payments, database } = await openContest(harness, control);
  const caller = customer();
  const [bookingId] = await bookings(database, caller.userId, 1, 1_000);
  await Promise.all(Array.from({ length: count }, () => pay(payments, caller, bookingId as string)));
  return database.payment.count({ where: { customerId: caller.userId, status: 'SUCCEEDED' } });
}

/**
 * One customer pays many bookings from a wallet at once; the wallet covers only some of them.
 *
 * @returns the numbers paid and refused, and the balance afterwards in minor units
 */
export async function payFromWalletConcurrently(
  harness: PaymentsHarness,
  { payable, count }: { payable: number; count: number },
  control?: UnconstrainedDatabase,
): Promise<{ paid: number; refused: number; balance: number }> {
  const { payments, database } = await openContest(harness, control);
  const caller = customer();
  const ids = await bookings(database, caller.userId, count, 700);
  await topUp(payments, caller, payable * 700);
  const answers = await Promise.all(ids.map((bookingId) => pay(payments, caller, bookingId, { wallet: true })));
  const balance = await database.walletBalance.findFirstOrThrow({ where: { customerId: caller.userId } });
  const like = (typename: string): number => answers.filter(({ __typename }) => __typename === typename).length;
  return {
    paid: like('PayBookingPayload'),
    refused: like('InsufficientWalletBalanceError'),
    balance: minorUnits(balance.amount),
  };
}

/**
 * Support refunds one payment of 24.00 EUR many times at once, or a part of it while its booking is cancelled. In the control
 * nothing is locked, and each has read the payment before the first refunds it.
 *
 * @returns the number of refunds, and their sum
 */
export async function refundConcurrently(
  harness: PaymentsHarness,
  { count, amount, cancels = false }: { count: number; amount: number; cancels?: boolean },
  control?: UnconstrainedDatabase,
): Promise<{ refunds: number; refunded: number }> {
  const { payments, database } = await openContest(harness, control);
  const caller = customer();
  const [bookingId] = await bookings(database, caller.userId, 1, 2_400);
  await topUp(payments, caller, 2_400);
  const { payment } = await pay(payments, caller, bookingId as string, { wallet: true });
  const allHaveRead = control ? barrier(count + (cancels ? 1 : 0)) : () => Promise.resolve();
  const provider = { name: 'sandbox' };
  const inTransaction: SettlementTransaction = (work) =>
    database.$transaction((tx) => {
      const settlement = new SettlementRepository(tx, () => new Date());
      return work(control ? unlocked(settlement, database, allHaveRead) : settlement);
    });
  const deps: RefundPaymentDeps = {
    ...{ provider, inTransaction },
    payments: { findRefund: () => Promise.reject(new Error('There is no repeat here')) },
    runIdempotently: (request, make, replay) => idempotent({ client: database, ...request }, make, replay),
  };
  const order = {
    staffId: 'usr_agent',
    paymentId: payment.id,
    amount: { amount, currency: 'EUR' },
    reason: 'Goodwill',
  };
  const cancellation: RequestRefundInput = {
    ...{ paymentId: payment.id, amount: { amount: 2_400, currency: 'EUR' }, parts: null },
    refundTo: 'SOURCE',
    reason: 'The booking was cancelled.',
  };
  await Promise.allSettled([
    ...Array.from({ length: count }, () => refundPayment(deps, { ...order, idempotencyKey: key() })),
    ...(cancels ? [inTransaction((settlement) => requestRefund(settlement, provider, cancellation))] : []),
  ]);
  const made = await database.refund.findMany({ where: { paymentId: payment.id } });
  return { refunds: made.length, refunded: made.reduce((sum, refund) => sum + minorUnits(refund.amount), 0) };
}

function unlocked(settlement: SettlementRepository, database: PrismaClient, read: () => Promise<void>): Settlement {
  const payments = new PaymentSettlementRepository(database, () => new Date());
  const lockPayment = async (id: string) => {
    const payment = await payments.find(id);
    await read();
    return payment;
  };
  return new Proxy(settlement, {
    get: (target, name) =>
      name === 'lockPayment' ? lockPayment : (Reflect.get(target, name) as () => unknown).bind(target),
  });
}

/** @returns what resolves once it was called `count` times */
function barrier(count: number): () => Promise<void> {
  let letAllGo = (): void => {};
  const all = new Promise<void>((resolve) => (letAllGo = resolve));
  let waiting = 0;
  return () => {
    waiting += 1;
    if (waiting === count) letAllGo();
    return all;
  };
}

/** An instance without relay and jobs, so that only requests touch the database. */
async function openContest(harness: PaymentsHarness, control?: UnconstrainedDatabase) {
  const { subgraph: payments, database } = await harness.openInstance({
    start: false,
    ...(control && { databaseUrl: control.databaseUrl }),
  });
  if (control) await database.$executeRawUnsafe(control.drop);
  return { payments, database };
}

async function bookings(database: PrismaClient, customerId: string, count: number, amount: number): Promise<string[]> {
  const ids = Array.from({ length: count }, () => newCityId('lon', 'bkg'));
  const expiresAt = new Date(Date.now() + 600_000);
  const rest = { customerId, status: 'PAYABLE', amount, currency: 'EUR', expiresAt } as const;
  await database.payableBooking.createMany({ data: ids.map((id) => ({ id, ...rest })) });
  return ids;
}
