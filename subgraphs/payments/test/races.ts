import { minorUnits } from '@marquee/money';
import type { PrismaClient } from '@marquee/prisma-payments';
import { newCityId } from '@marquee/subgraph';

import { pay, topUp } from './operations.ts';
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
