import { PrismaClient } from '@marquee/prisma-booking';
import { connect, type SqlTransaction } from '@marquee/database';
import { newEvent, type EventType, type PayloadOf, type DomainEvent } from '@marquee/events';
import { newCityId, newId, type Subgraph, type UserCaller } from '@marquee/subgraph';
import { openLog } from '@marquee/telemetry';
import { countStatements, testDatabase, testRedis } from '@marquee/testkit';
import { Redis } from 'ioredis';
import { afterAll } from 'vitest';

import { handlers } from '../src/events.ts';
import { buildBooking, type BookingSettings } from '../src/index.ts';

/** The booking subgraph on a database of its own; `deliver` and `pay` stand in for the other domains. */
export async function bookingHarness(settings: Partial<BookingSettings> = {}, url?: string) {
  const databaseUrl = url ?? (await testDatabase('booking')).url;
  const { url: redisUrl, namespace } = testRedis();
  const redis = new Redis(redisUrl);
  const statements = countStatements();
  const log = openLog({ service: 'booking', level: 'silent' });
  const deps = { databaseUrl, redis, namespace, log, onStatement: statements.onStatement };
  const booking: Subgraph = buildBooking({ ...deps, settings: { ticketSecret: 'secret', ...settings } });
  const database = connect(PrismaClient, { url: databaseUrl });
  await booking.start();
  afterAll(async () => {
    await booking.stop();
    await database.$disconnect();
    redis.disconnect();
  });

  /** Handles an event as the consumer does when it arrives. */
  async function deliver<T extends EventType>(type: T, payload: PayloadOf<T>): Promise<void> {
    const event = { ...newEvent(type, 'key', payload), occurredAt: new Date().toISOString() } as DomainEvent<T>;
    const handle = handlers[type] as ((event: DomainEvent<T>, tx: unknown) => Promise<void>) | undefined;
    if (!handle) throw new Error(`booking has no handler of ${type}`);
    await database.$transaction((tx) => handle(event, tx));
  }

  /** Delivers the payment of a booking; of 21.44 GBP, the price of two seats in row A, by default. */
  async function pay({ bookingId, customerId, amount = TWO_SEATS, paymentId = newId('pay') }: TestPayment) {
    const payment = { paymentId, bookingId, customerId, amount };
    await deliver('payment.succeeded', { ...payment, purpose: 'BOOKING', method: 'CARD' });
    return paymentId;
  }

  const letExpire = (showId: string): Promise<void> => expireDeadlines(database, showId);

  return { booking, database, statements, deliver, pay, letExpire, redisUrl, namespace };
}

const TWO_SEATS = { amount: 2_144, currency: 'GBP' };

interface TestPayment {
  readonly bookingId: string;
  readonly customerId: string;
  readonly amount?: { readonly amount: number; readonly currency: string };
  readonly paymentId?: string;
}

/** Moves the deadlines of all that is held or booked in a show into the past, as time would. */
export async function expireDeadlines(database: SqlTransaction, showId: string): Promise<void> {
  await database.$executeRaw`UPDATE seat_claims SET expires_at = now() WHERE show_id = ${showId}`;
  await database.$executeRaw`UPDATE seat_holds SET expires_at = now() WHERE show_id = ${showId} AND status = 'ACTIVE'`;
  await database.$executeRaw`UPDATE bookings SET expires_at = now() WHERE show_id = ${showId}`;
}

export type Harness = Awaited<ReturnType<typeof bookingHarness>>;

export function customer(userId = newId('usr'), scopes: readonly string[] = []): UserCaller {
  const expiresAt = new Date('2100-01-01');
  return { kind: 'user', userId, sessionId: newId('ses'), roles: ['CUSTOMER'], scopes, expiresAt };
}

export const inDays = (days: number): string => new Date(Date.now() + days * 86_400_000).toISOString();

/** Schedules a show with `perRow` seats in each of rows A and B; seat ids are `<layout>-A1` and so on. */
export async function scheduledShow({ deliver }: Pick<Harness, 'deliver'>, perRow = 6, startsAt = inDays(7)) {
  const layoutId = newId('lay');
  const showId = newCityId('lon', 'shw');
  const seat = (row: string, number: number): string => `${layoutId}-${row}${number}`;
  const row = (label: string) => ({
    label,
    seats: Array.from({ length: perRow }, (_, index) => ({
      id: seat(label, index + 1),
      number: index + 1,
      accessible: false,
    })),
  });
  const screenId = newId('scr');
  await deliver('catalog.layout-published', {
    layoutId,
    screenId,
    cityCode: 'lon',
    sections: [
      { name: 'Stalls', tierName: 'Standard', rows: [row('A')] },
      { name: 'Balcony', tierName: 'Premium', rows: [row('B')] },
    ],
  });
  const tier = (name: string, amount: number) => ({
    id: `${showId}-${name}`,
    name,
    price: { amount, currency: 'GBP' },
  });
  await deliver('catalog.shows-scheduled', {
    cityCode: 'lon',
    timeZone: 'Europe/London',
    layoutId,
    screen: { id: screenId, name: 'Screen 1' },
    venue: { id: 'ven_1', name: 'The Electric', ownerId: 'usr_partner' },
    title: { id: 'ttl_1', name: 'Metropolis', kind: 'MOVIE' },
    cancellationTiers: [{ hoursBefore: 24, refundPercent: 100 }],
    shows: [
      {
        id: showId,
        startsAt,
        endsAt: inDays(8),
        highDemand: false,
        tiers: [tier('Standard', 1_000), tier('Premium', 1_500)],
      },
    ],
  });
  return { showId, layoutId, seat, screenId };
}
