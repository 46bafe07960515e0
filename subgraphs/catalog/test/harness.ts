import type { EventType, PayloadOf } from '@marquee/events';
import { PrismaClient } from '@marquee/prisma-catalog';
import {
  newId,
  type OpenOptions,
  type OrganisationRoleOf,
  type ServiceRequest,
  type UserCaller,
} from '@marquee/subgraph';
import { openLog } from '@marquee/telemetry';
import { openHarness, userCaller } from '@marquee/testkit/harness';

import { CityRepository } from '../src/adapters/cities.ts';
import { subgraph } from '../src/subgraph.ts';

/** A Tuesday at noon in London. */
export const NOON = new Date('2027-03-02T12:00:00.000Z');

export const LONDON = {
  code: 'lon',
  name: 'London',
  country: 'United Kingdom',
  countryCode: 'GB',
  region: 'ENG',
  timeZone: 'Europe/London',
  currency: 'GBP',
  location: { latitude: 51.5, longitude: -0.12 },
};

export const AUCKLAND = {
  code: 'akl',
  name: 'Auckland',
  country: 'New Zealand',
  countryCode: 'NZ',
  region: null,
  timeZone: 'Pacific/Auckland',
  currency: 'NZD',
  location: { latitude: -36.85, longitude: 174.76 },
};

/** The organisation that everybody owns who is in no other. */
export const organisationOf = (userId: string) => `org_of_${userId}`;

export function partner(): UserCaller {
  return { ...userCaller(newId('usr'), ['catalog:write']), roles: ['CUSTOMER', 'PARTNER'] };
}

export function admin(): UserCaller {
  return { ...partner(), roles: ['CUSTOMER', 'ADMIN'] };
}

/** Accounts' answer about one person, or about several under an alias each. */
function rolesOf(
  known: ReadonlyMap<string, readonly OrganisationRoleOf[]>,
  variables: Readonly<Record<string, unknown>>,
) {
  const answers = Object.entries(variables).map(([name, id]) => {
    const field = name === 'userId' ? 'organisationRoles' : name.replace('id', 'of');
    const userId = String(id);
    return [field, known.get(userId) ?? [{ organisationId: organisationOf(userId), role: 'OWNER' }]] as const;
  });
  return Object.fromEntries(answers);
}

/** The catalog subgraph on its own database with two cities and a clock to set. */
export async function openCatalog(options: { databaseUrl?: string } = {}) {
  const clock = { now: NOON };
  const logged: unknown[] = [];
  const log = { ...openLog({ service: 'catalog', level: 'silent' }), error: (fields: unknown) => logged.push(fields) };
  /** Booking's answer about every show. */
  const demand = { bookings: 0, takenSeats: 0 };
  /** Accounts' answer about a person; an organisation of their own for those who are not in it. */
  const organisations = new Map<string, readonly OrganisationRoleOf[]>();
  const calls: OpenOptions['calls'] = {
    query: async <Data>(asked: string, { variables }: ServiceRequest) =>
      (asked === 'accounts' ? rolesOf(organisations, variables ?? {}) : { showDemand: demand }) as Data,
  };
  const fixed = { log, calls, now: () => clock.now, start: false };
  const harness = await openHarness(subgraph, PrismaClient, { ...options, ...fixed });
  const { database } = harness;
  await new CityRepository(database).addMissing([LONDON, AUCKLAND]);

  /** Payloads of the emitted events, in order. */
  async function emitted<T extends EventType>(type: T): Promise<PayloadOf<T>[]> {
    const rows = await database.outboxEvent.findMany({ where: { type }, orderBy: { seq: 'asc' } });
    return rows.map(({ payload }) => payload as PayloadOf<T>);
  }

  return { ...harness, clock, demand, organisations, logged, emitted };
}

export type CatalogHarness = Awaited<ReturnType<typeof openCatalog>>;
