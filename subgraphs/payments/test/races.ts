import { connect } from '@marquee/database';
import { PrismaClient } from '@marquee/prisma-payments';
import { newCityId, type Subgraph } from '@marquee/subgraph';
import { afterAll } from 'vitest';

import { pay, topUp } from './operations.ts';
import { customer, type Stage } from './stage.ts';

/** A database without one of its guards, for the control of a race. */
export interface Unguarded {
  readonly databaseUrl: string;
  /** The statement that takes the guard away. */
  readonly unguard: string;
}

/**
 * One customer pays one booking many times at once, each time with a key and a card token of its own.
 *
 * @returns how many payments succeeded
 */
export async function manyPaymentsAtOnce(stage: Stage, count: number, control?: Unguarded): Promise<number> {
  const { payments, database } = await contestants(stage, control);
  const caller = customer();
  const [bookingId] = await bookings(database, caller.userId, 1, 1_000);
  await Promise.all(Array.from({ length: count }, () => pay(payments, caller, bookingId as string)));
  return database.payment.count({ where: { customerId: caller.userId, status: 'SUCCEEDED' } });
}

/**
 * One customer pays many bookings from the wallet at once; the wallet holds enough for some of them.
 *
 * @returns how many were paid, and what the wallet then holds in minor units
 */
export async function manyWalletPaymentsAtOnce(
  stage: Stage,
  { payable, count }: { payable: number; count: number },
  control?: Unguarded,
): Promise<{ paid: number; refused: number; balance: number }> {
  const { payments, database } = await contestants(stage, control);
  const caller = customer();
  const ids = await bookings(database, caller.userId, count, 700);
  await topUp(payments, caller, payable * 700);
  const answers = await Promise.all(ids.map((bookingId) => pay(payments, caller, bookingId, { wallet: true })));
  const balance = await database.walletBalance.findFirstOrThrow({ where: { customerId: caller.userId } });
  const like = (typename: string): number => answers.filter(({ __typename }) => __typename === typename).length;
  return {
    paid: like('PayBookingPayload'),
    refused: like('InsufficientWalletBalanceError'),
    balance: balance.amount,
  };
}

/** Not started: nothing but the requests touches the database. */
async function contestants(stage: Stage, control?: Unguarded): Promise<{ payments: Subgraph; database: PrismaClient }> {
  const databaseUrl = control?.databaseUrl ?? stage.databaseUrl;
  const database = connect(PrismaClient, { url: databaseUrl });
  afterAll(() => database.$disconnect());
  if (control) await database.$executeRawUnsafe(control.unguard);
  return { payments: await stage.instance({ databaseUrl }, false), database };
}

async function bookings(database: PrismaClient, customerId: string, count: number, amount: number): Promise<string[]> {
  const ids = Array.from({ length: count }, () => newCityId('lon', 'bkg'));
  const expiresAt = new Date(Date.now() + 600_000);
  const rest = { customerId, status: 'PAYABLE', amount, currency: 'EUR', expiresAt } as const;
  await database.payableBooking.createMany({ data: ids.map((id) => ({ id, ...rest })) });
  return ids;
}
