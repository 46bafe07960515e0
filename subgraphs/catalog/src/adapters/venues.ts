import { isUniqueViolation, type SqlClient } from '@marquee/database';
import { Prisma } from '@marquee/prisma-catalog';
import { isPossibleId } from '@marquee/subgraph/ids';

import type { GeoPoint } from '../domain/geo-point.ts';
import type { Venues } from '../domain/ports.ts';
import type { NewVenue, Venue } from '../domain/venue.ts';
import { insertVenues } from './insert-venues.ts';

type VenueRow = Omit<Venue, 'location'> & GeoPoint;

const COLUMNS = Prisma.raw(
  'id, city_code AS "cityCode", owner_id AS "ownerId", name, address, latitude, longitude, amenities',
);

export class VenueRepository implements Venues {
  readonly #sql: SqlClient;

  constructor(sql: SqlClient) {
    this.#sql = sql;
  }

  async findMany(ids: readonly string[]): Promise<Venue[]> {
    const possible = ids.filter(isPossibleId);
    if (possible.length === 0) return [];
    const rows = await this.#sql.$queryRaw<VenueRow[]>`SELECT ${COLUMNS} FROM venues WHERE id = ANY (${possible})`;
    return rows.map(toVenue);
  }

  async create(opening: NewVenue): Promise<Venue | null> {
    try {
      await this.#sql.$transaction((tx) => insertVenues(tx, [opening]));
      return null;
    } catch (error) {
      if (!isUniqueViolation(error, 'venues_once_an_address')) throw error;
      return this.#sameVenue(opening.venue);
    }
  }

  async #sameVenue({ cityCode, name, address }: Venue): Promise<Venue> {
    const [row] = await this.#sql.$queryRaw<VenueRow[]>`
      SELECT ${COLUMNS} FROM venues
      WHERE city_code = ${cityCode} AND lower(name) = lower(${name}) AND lower(address) = lower(${address})`;
    if (!row) throw new Error(`The venue ${name} was refused as a duplicate, but none was found`);
    return toVenue(row);
  }
}

function toVenue({ latitude, longitude, ...venue }: VenueRow): Venue {
  return { ...venue, location: { latitude, longitude } };
}
