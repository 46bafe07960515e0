import { connect } from '@marquee/database';
import { newEvent, redisStreamsLog, type EventType, type NewEvent, type PayloadOf } from '@marquee/events';
import { PrismaClient } from '@marquee/prisma-notifications';
import type { Caller, FormattedResult, Subgraph } from '@marquee/subgraph';
import { countStatements, testDatabase, testRedis, type StatementCounter } from '@marquee/testkit';
import { Redis } from 'ioredis';
import { onTestFinished } from 'vitest';

import { buildNotifications } from '../src/index.ts';

type Told = { [T in EventType]: NewEvent<T> }[EventType];

/** The subgraph on a database of its own, and what other domains tell it. */
export interface Stage {
  readonly subgraph: Subgraph;
  readonly client: PrismaClient;
  readonly redis: Redis;
  readonly namespace: string;
  readonly statements: StatementCounter;
  /** Puts an event in the log, as the relay of its domain does. */
  tell(event: Told): Promise<void>;
  execute(query: string, caller: Caller, variables?: Record<string, unknown>): Promise<FormattedResult>;
}

/** Somebody with a token. */
export function user(userId: string, scopes: readonly string[] = []): Caller {
  return { kind: 'user', userId, sessionId: 'ses_1', roles: ['CUSTOMER'], scopes, expiresAt: new Date('2100-01-01') };
}

export function confirmed(customerId: string, change: Partial<PayloadOf<'booking.confirmed'>> = {}) {
  const payload = {
    bookingId: 'lon_bkg_1',
    previousStatus: 'PENDING_PAYMENT' as const,
    customerId,
    showId: 'lon_shw_1',
    titleId: 'ttl_1',
    titleName: 'Arrival',
    venueName: 'Odeon',
    startsAt: '2026-12-04T19:30:00.000Z',
    timeZone: 'Europe/London',
    seats: ['C7'],
    total: { amount: 1378, currency: 'GBP' },
    paymentId: 'pay_1',
    ...change,
  };
  return newEvent('booking.confirmed', payload.bookingId, payload);
}

export async function stage(): Promise<Stage> {
  const { url: databaseUrl } = await testDatabase('notifications');
  const { url, namespace } = testRedis();
  const redis = new Redis(url);
  const log = redisStreamsLog({ redis, namespace });
  const statements = countStatements();
  const silent = { debug: () => undefined, info: () => undefined, warn: () => undefined, error: () => undefined };
  const { onStatement } = statements;
  const subgraph = buildNotifications({ databaseUrl, redis, namespace, log: silent, onStatement });
  const client = connect(PrismaClient, { url: databaseUrl });
  onTestFinished(async () => {
    await subgraph.stop();
    await Promise.all([log.close(), client.$disconnect()]);
    redis.disconnect();
  });
  return {
    subgraph,
    client,
    redis,
    namespace,
    statements,
    tell: (event) => {
      const domain = event.type.startsWith('payment.') ? 'payments' : 'booking';
      return log.append(domain, [{ ...event, occurredAt: new Date().toISOString() }], []);
    },
    execute: (query, caller, variables = {}) => subgraph.execute({ query, caller, variables }),
  };
}

/** Notifications of a user, a minute apart, the first the oldest: `ntf_<user>_0`, … */
export async function fill({ client }: Stage, userId: string, count: number, read = 0): Promise<void> {
  const start = Date.parse('2026-12-01T00:00:00.000Z');
  await client.notification.createMany({
    data: Array.from({ length: count }, (_, position) => ({
      id: `ntf_${userId}_${position}`,
      userId,
      kind: 'BOOKING' as const,
      title: `Title ${position}`,
      body: `Body ${position}`,
      bookingId: 'lon_bkg_1',
      createdAt: new Date(start + position * 60_000),
      readAt: position < read ? new Date(start) : null,
    })),
  });
}
