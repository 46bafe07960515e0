import type { SqlTransaction } from '@marquee/database';
import { PrismaClient } from '@marquee/prisma-booking';
import { newCityId, newId } from '@marquee/subgraph';
import { latePruned, whenDone } from '@marquee/testkit';
import { type Harness, type HarnessOptions, openHarness } from '@marquee/testkit/harness';
import { expect } from 'vitest';

import { publicSeatId } from '../src/domain/seat-id.ts';
import { subgraph } from '../src/subgraph.ts';
import { accountsWith } from './accounts.ts';

export { userCaller as customer } from '@marquee/testkit/harness';

const TWO_SEATS = { amount: 2_144, currency: 'GBP' };

interface TestPayment {
  readonly bookingId: string;
  readonly customerId: string;
  readonly amount?: { readonly amount: number; readonly currency: string };
  readonly paymentId?: string;
}

export interface BookingHarness extends Harness<PrismaClient> {
  /** Delivers the payment of a booking; of 21.44 GBP, the price of two seats in row A, by default. */
  pay(payment: TestPayment): Promise<string>;
  letExpire(showId: string): Promise<void>;
  /** Lets time pass for all that is held or booked in a show. */
  letPass(showId: string, minutes: number): Promise<void>;
}

/**
 * The subgraph; `deliver` and `pay` stand in for the other domains. When the test is done, none of the statements that it
 * sent may find partitions late.
 */
export async function openBooking(options: Partial<HarnessOptions> = {}): Promise<BookingHarness> {
  const harness = await openHarness(subgraph, PrismaClient, { calls: accountsWith(), ...options });
  const { databaseUrl: url, statements } = harness;
  whenDone(async () => expect(await latePruned(statements.sent, { url, session: subgraph.session })).toEqual([]));
  return {
    ...harness,
    pay: async ({ bookingId, customerId, amount = TWO_SEATS, paymentId = newId('pay') }) => {
      const payment = { paymentId, bookingId, customerId, amount };
      await harness.deliver('payment.succeeded', { ...payment, purpose: 'BOOKING', method: 'CARD' });
      return paymentId;
    },
    letExpire: (showId) => expireDeadlines(harness.database, showId),
    letPass: (showId, minutes) => passTime(harness.database, showId, minutes),
  };
}

/** Moves the deadlines of all that is held or booked in a show into the past, as time would. */
export async function expireDeadlines(database: SqlTransaction, showId: string): Promise<void> {
  await database.$executeRaw`
    UPDATE seat_claims SET expires_at = now() WHERE show_id = ${showId} AND expires_at IS NOT NULL`;
  await database.$executeRaw`
    UPDATE seat_holds SET expires_at = greatest(now(), created_at + interval '1 millisecond')
    WHERE show_id = ${showId} AND status = 'ACTIVE'`;
  await database.$executeRaw`UPDATE bookings SET expires_at = now() WHERE show_id = ${showId}`;
}

const MOMENTS: Readonly<Record<string, readonly string[]>> = {
  seat_claims: ['expires_at'],
  seat_holds: ['created_at', 'expires_at'],
  bookings: ['created_at', 'expires_at'],
  hold_budgets: ['period_started_at', 'held_until'],
};

/** Moves all moments of a show's holds and bookings into the past, as if so much time had passed since. */
async function passTime(database: PrismaClient, showId: string, minutes: number): Promise<void> {
  for (const [table, columns] of Object.entries(MOMENTS)) {
    const moved = columns.map((column) => `${column} = ${column} - make_interval(mins => $1::int)`);
    await database.$executeRawUnsafe(`UPDATE ${table} SET ${moved.join(', ')} WHERE show_id = $2`, minutes, showId);
  }
}

/** The number of statements that wait for a lock. */
export async function lockWaits({ database }: Pick<BookingHarness, 'database'>): Promise<number> {
  const [row] = await database.$queryRaw<{ waits: number }[]>`
    SELECT count(*)::int AS waits FROM pg_stat_activity
    WHERE datname = current_database() AND wait_event_type = 'Lock'`;
  return row?.waits ?? 0;
}

export type TestShow = Awaited<ReturnType<typeof scheduledShow>>;

export const inDays = (days: number): string => new Date(Date.now() + days * 86_400_000).toISOString();

/**
 * Schedules a show with `perRow` seats in each of rows A and B, and a floor of `standing` places if any. `seat('A', 1)`
 * is the id by which clients know a seat, `layoutSeat('A', 1)` that of the layout.
 */
export async function scheduledShow(
  { deliver }: Pick<BookingHarness, 'deliver'>,
  {
    perRow = 6,
    startsAt = inDays(7),
    layoutId = newId('lay'),
    maxSeatsPerCustomer = null as number | null,
    wheelchairPlaces = [] as readonly number[],
    standing = 0,
    rows = ['A'] as readonly string[],
    highDemand = false,
    salesOpenAt = null as string | null,
    admissionsPerMinute = null as number | null,
  } = {},
) {
  const showId = newCityId('lon', 'shw');
  const layoutSeat = (row: string, number: number): string => `${layoutId}-${row}${number}`;
  const seat = (row: string, number: number): string => publicSeatId({ showId, id: layoutSeat(row, number) });
  const row = (label: string) => ({
    label,
    seats: Array.from({ length: perRow }, (_, index) => ({
      id: layoutSeat(label, index + 1),
      number: index + 1,
      accessible: wheelchairPlaces.includes(index + 1),
    })),
  });
  const screenId = newId('scr');
  await deliver('catalog.layout-published', {
    layoutId,
    screenId,
    cityCode: 'lon',
    sections: [
      { name: 'Stalls', tierName: 'Standard', rows: rows.map(row), standingCapacity: null },
      { name: 'Balcony', tierName: 'Premium', rows: [row('B')], standingCapacity: null },
      ...(standing > 0 ? [{ name: 'Floor', tierName: 'Floor', rows: [], standingCapacity: standing }] : []),
    ],
  });
  const tier = (name: string, position: number, amount: number) => ({
    id: `${showId}_t${position}`,
    name,
    price: { amount, currency: 'GBP' },
  });
  await deliver('catalog.shows-scheduled', {
    cityCode: 'lon',
    timeZone: 'Europe/London',
    country: 'GB',
    maxSeatsPerCustomer,
    transferable: true,
    ...{ language: 'German', format: '2D' },
    salesOpenAt,
    admissionsPerMinute,
    layoutId,
    screen: { id: screenId, name: 'Screen 1' },
    venue: { id: 'ven_1', name: 'The Electric', organisationId: 'org_electric' },
    title: { id: 'ttl_1', name: 'Metropolis', kind: 'MOVIE' },
    cancellationTiers: [{ hoursBefore: 24, refundPercent: 100 }],
    shows: [
      {
        id: showId,
        startsAt,
        endsAt: inDays(8),
        highDemand,
        tiers: [
          ...[tier('Standard', 1, 1_000), tier('Premium', 2, 1_500)],
          ...(standing > 0 ? [tier('Floor', 3, 800)] : []),
        ],
      },
    ],
  });
  return { showId, layoutId, seat, layoutSeat };
}
