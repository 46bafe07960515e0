import { isUniqueViolation } from '@marquee/database';
import { appendToOutbox } from '@marquee/events';
import { Prisma, type PrismaClient } from '@marquee/prisma-catalog';
import { isPossibleId } from '@marquee/subgraph/ids';

import type { GeoPoint } from '../domain/geo-point.ts';
import type { Page, VenueSortKey } from '../domain/listing.ts';
import type { Venues } from '../domain/ports.ts';
import type { NewVenue, Venue, VenueChanges, Workplace } from '../domain/venue.ts';
import { catalogAudited } from './catalog-events.ts';
import { FactsRepository } from './facts.ts';
import { insertVenues } from './insert-venues.ts';

type VenueRow = Omit<Venue, 'location'> & GeoPoint;

const COLUMNS = Prisma.raw(
  `id, city_code AS "cityCode", organisation_id AS "organisationId", name, address, latitude,
  longitude, amenities`,
);

export class VenueRepository implements Venues {
  readonly #client: PrismaClient;

  constructor(client: PrismaClient) {
    this.#client = client;
  }

  async findMany(ids: readonly string[]): Promise<Venue[]> {
    const possible = ids.filter(isPossibleId);
    if (possible.length === 0) return [];
    const rows = await this.#client.$queryRaw<VenueRow[]>`SELECT ${COLUMNS} FROM venues WHERE id = ANY (${possible})`;
    return rows.map(toVenue);
  }

  /** Up to `limit + 1` venues of each city, by name. */
  async ofCities(cityCodes: readonly string[], page: Page<VenueSortKey>): Promise<Venue[]> {
    const rows = await this.#client.$queryRaw<VenueRow[]>`
      SELECT ${COLUMNS} FROM unnest(${cityCodes}::text[]) AS each (listed) CROSS JOIN LATERAL (
        SELECT * FROM venues WHERE city_code = listed AND ${isAfter(page)} ORDER BY name, id LIMIT ${page.limit + 1}
      ) AS venue ORDER BY name, id`;
    return rows.map(toVenue);
  }

  /** Up to `limit + 1` venues of the organisations of each user, by name. */
  async ofUsers(workplaces: readonly Workplace[], page: Page<VenueSortKey>): Promise<(Venue & { userId: string })[]> {
    const users = workplaces.map(({ userId }) => userId);
    const organisations = workplaces.map(({ organisationId }) => organisationId);
    const rows = await this.#client.$queryRaw<(VenueRow & { userId: string })[]>`
      WITH workplace AS (SELECT * FROM unnest(${users}::text[], ${organisations}::text[]) AS each (user_id, in_organisation))
      SELECT "userId", ${COLUMNS} FROM (SELECT DISTINCT user_id AS "userId" FROM workplace) AS person
      CROSS JOIN LATERAL (
        SELECT found.* FROM workplace CROSS JOIN LATERAL (
          SELECT * FROM venues WHERE organisation_id = in_organisation AND ${isAfter(page)}
          ORDER BY name, id LIMIT ${page.limit + 1}) AS found
        WHERE workplace.user_id = "userId" ORDER BY name, id LIMIT ${page.limit + 1}) AS venue
      ORDER BY name, id`;
    return rows.map(({ userId, ...row }) => ({ ...toVenue(row), userId }));
  }

  async create(opening: NewVenue, by: string): Promise<Venue | null> {
    const { id: subjectId, organisationId } = opening.venue;
    const action = catalogAudited(by, 'venue.created', { subjectType: 'Venue', subjectId }, `for ${organisationId}`);
    try {
      await this.#client.$transaction(async (tx) => {
        await insertVenues(tx, [opening]);
        await appendToOutbox(tx, [action]);
      });
      return null;
    } catch (error) {
      if (!isUniqueViolation(error, 'venues_once_an_address')) throw error;
      return this.#sameVenue(opening.venue);
    }
  }

  async update(venue: Venue, allChanges: VenueChanges, by: string): Promise<Venue | null> {
    const { location, amenities, ...changes } = allChanges;
    const subject = { subjectType: 'Venue', subjectId: venue.id } as const;
    const action = catalogAudited(by, 'venue.changed', subject, Object.keys(allChanges).join(', ') || null);
    const data = { ...changes, ...location, ...(amenities && { amenities: [...amenities] }) };
    try {
      await this.#client.$transaction(async (tx) => {
        await tx.venue.updateMany({ where: { id: venue.id }, data: { ...data, version: { increment: 1 } } });
        await new FactsRepository(tx).emitVenues([venue.id]);
        await appendToOutbox(tx, [action]);
      });
      return null;
    } catch (error) {
      if (!isUniqueViolation(error, 'venues_once_an_address')) throw error;
      return this.#sameVenue({ ...venue, ...changes });
    }
  }

  async #sameVenue({ cityCode, name, address }: Venue): Promise<Venue> {
    const [row] = await this.#client.$queryRaw<VenueRow[]>`
      SELECT ${COLUMNS} FROM venues
      WHERE city_code = ${cityCode} AND lower(name) = lower(${name}) AND lower(address) = lower(${address})`;
    if (!row) throw new Error(`The venue ${name} was refused as a duplicate, but none was found`);
    return toVenue(row);
  }
}

function isAfter({ after }: Page<VenueSortKey>): Prisma.Sql {
  return after ? Prisma.sql`(name, id) > (${after.name}, ${after.id})` : Prisma.sql`true`;
}

function toVenue({ latitude, longitude, ...venue }: VenueRow): Venue {
  return { ...venue, location: { latitude, longitude } };
}
