import { connect } from '@marquee/database';
import type { EventType, PayloadOf } from '@marquee/events';
import { PrismaClient } from '@marquee/prisma-catalog';
import { ANONYMOUS, type Caller, type FormattedResult, newId, type Subgraph, type UserCaller } from '@marquee/subgraph';
import { openLog } from '@marquee/telemetry';
import { countStatements, testDatabase, testRedis } from '@marquee/testkit';
import { Redis } from 'ioredis';
import { afterAll } from 'vitest';

import { buildCatalog } from '../src/index.ts';
import { CityRepository } from '../src/adapters/cities.ts';

/** A Tuesday at noon in London. */
export const NOON = new Date('2027-03-02T12:00:00.000Z');

export const LONDON = {
  code: 'lon',
  name: 'London',
  country: 'United Kingdom',
  timeZone: 'Europe/London',
  currency: 'GBP',
  location: { latitude: 51.5, longitude: -0.12 },
};

export const AUCKLAND = {
  code: 'akl',
  name: 'Auckland',
  country: 'New Zealand',
  timeZone: 'Pacific/Auckland',
  currency: 'NZD',
  location: { latitude: -36.85, longitude: 174.76 },
};

export function partner(userId = newId('usr'), roles = ['CUSTOMER', 'PARTNER']): UserCaller {
  const expiresAt = new Date('2100-01-01');
  return { kind: 'user', userId, sessionId: newId('ses'), roles, scopes: ['catalog:write'], expiresAt };
}

export function admin(): UserCaller {
  return partner(newId('usr'), ['CUSTOMER', 'ADMIN']);
}

export function customer(): UserCaller {
  return { ...partner(newId('usr'), ['CUSTOMER']), scopes: [] };
}

/** The catalog subgraph on its own database with two cities and a fixed clock. */
export async function catalogHarness({ url, at = NOON }: { url?: string; at?: Date } = {}) {
  const databaseUrl = url ?? (await testDatabase('catalog')).url;
  const { url: redisUrl, namespace } = testRedis();
  const redis = new Redis(redisUrl);
  const statements = countStatements();
  const clock = { now: at };
  const logged: unknown[] = [];
  const log = { ...openLog({ service: 'catalog', level: 'silent' }), error: (fields: unknown) => logged.push(fields) };
  const { onStatement } = statements;
  const catalog: Subgraph = buildCatalog({ databaseUrl, redis, namespace, log, onStatement, now: () => clock.now });
  const database = connect(PrismaClient, { url: databaseUrl });
  afterAll(async () => {
    await catalog.stop();
    await database.$disconnect();
    redis.disconnect();
  });
  await new CityRepository(database).addMissing([LONDON, AUCKLAND]);

  const execute = (query: string, variables: object = {}, caller: Caller = ANONYMOUS): Promise<FormattedResult> =>
    catalog.execute({ query, variables: { ...variables }, caller });

  /** Payloads of the emitted events, in order. */
  async function emitted<T extends EventType>(type: T): Promise<PayloadOf<T>[]> {
    const rows = await database.outboxEvent.findMany({ where: { type }, orderBy: { seq: 'asc' } });
    return rows.map(({ payload }) => payload as PayloadOf<T>);
  }

  return { catalog, database, redis, redisUrl, namespace, statements, clock, logged, execute, emitted };
}

export type Harness = Awaited<ReturnType<typeof catalogHarness>>;
