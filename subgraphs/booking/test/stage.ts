import { PrismaClient } from '@marquee/prisma-booking';
import { connect } from '@marquee/database';
import { newEvent, type EventType, type PayloadOf, type DomainEvent } from '@marquee/events';
import { newCityId, newId, type Subgraph, type UserCaller } from '@marquee/subgraph';
import { openLog } from '@marquee/telemetry';
import { countStatements, testDatabase, testRedis } from '@marquee/testkit';
import { Redis } from 'ioredis';
import { afterAll } from 'vitest';

import { handlers } from '../src/events.ts';
import { buildBooking, type BookingSettings } from '../src/index.ts';

/** The booking subgraph on a database of its own, with the means to play the other domains' part. */
export async function bookingStage(settings: Partial<BookingSettings> = {}, url?: string) {
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

  /** Does what the consumer does when the event arrives. */
  async function tell<T extends EventType>(type: T, payload: PayloadOf<T>): Promise<void> {
    const event = { ...newEvent(type, 'key', payload), occurredAt: new Date().toISOString() } as DomainEvent<T>;
    const handle = handlers[type] as ((event: DomainEvent<T>, tx: unknown) => Promise<void>) | undefined;
    if (!handle) throw new Error(`booking does not handle ${type}`);
    await database.$transaction((tx) => handle(event, tx));
  }

  return { booking, database, statements, tell, redisUrl, namespace };
}

export type Stage = Awaited<ReturnType<typeof bookingStage>>;

export function customer(userId = newId('usr'), scopes: readonly string[] = []): UserCaller {
  const expiresAt = new Date('2100-01-01');
  return { kind: 'user', userId, sessionId: newId('ses'), roles: ['CUSTOMER'], scopes, expiresAt };
}

export const inDays = (days: number): string => new Date(Date.now() + days * 86_400_000).toISOString();

/** A show of rows A and B with `perRow` seats each; seat ids are `<layout>-A1` and so on. */
export async function scheduledShow({ tell }: Pick<Stage, 'tell'>, perRow = 6, startsAt = inDays(7)) {
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
  await tell('catalog.layout-published', {
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
  await tell('catalog.shows-scheduled', {
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
