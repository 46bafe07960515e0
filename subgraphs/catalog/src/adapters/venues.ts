import { Prisma, type PrismaClient } from '@marquee/prisma-catalog';
import { isUniqueViolation, type SqlTransaction } from '@marquee/database';
import { appendToOutbox } from '@marquee/events';
import { isPossibleId } from '@marquee/subgraph/ids';

import type { GeoPoint } from '../domain/geo-point.ts';
import type { NewScreen, Venues } from '../domain/ports.ts';
import type { Venue } from '../domain/venue.ts';
import { layoutPublished } from './outgoing-events.ts';

type VenueRow = Omit<Venue, 'location'> & GeoPoint;

const COLUMNS = Prisma.raw(
  'id, city_code AS "cityCode", owner_id AS "ownerId", name, address, latitude, longitude, amenities',
);

/** Venues. */
export class VenueRepository implements Venues {
  readonly #client: PrismaClient;

  constructor(client: PrismaClient) {
    this.#client = client;
  }

  async withIds(ids: readonly string[]): Promise<Venue[]> {
    const wanted = ids.filter(isPossibleId);
    if (wanted.length === 0) return [];
    const rows = await this.#client.$queryRaw<VenueRow[]>`SELECT ${COLUMNS} FROM venues WHERE id = ANY (${wanted})`;
    return rows.map(venueOf);
  }

  async create(venue: Venue, screens: readonly NewScreen[]): Promise<Venue | null> {
    try {
      await this.#client.$transaction((tx) => insertVenues(tx, [{ venue, screens }]));
      return null;
    } catch (error) {
      if (!isUniqueViolation(error, 'venues_once_an_address')) throw error;
      return this.#atAddress(venue);
    }
  }

  async #atAddress({ cityCode, name, address }: Venue): Promise<Venue> {
    const [row] = await this.#client.$queryRaw<VenueRow[]>`
      SELECT ${COLUMNS} FROM venues
      WHERE city_code = ${cityCode} AND lower(name) = lower(${name}) AND lower(address) = lower(${address})`;
    if (!row) throw new Error(`The venue ${name} was refused as a double and then not found`);
    return venueOf(row);
  }
}

function venueOf({ latitude, longitude, ...venue }: VenueRow): Venue {
  return { ...venue, location: { latitude, longitude } };
}

/** Stores venues with their screens and seats and tells of the layouts: a statement a table. */
export async function insertVenues(
  tx: SqlTransaction,
  venues: readonly { readonly venue: Venue; readonly screens: readonly NewScreen[] }[],
): Promise<void> {
  const venueRows = venues.map(({ venue: { location, ...venue } }) => ({ ...venue, ...location }));
  const screenRows = venues.flatMap(({ screens }) => screens.map(({ screen }, position) => ({ ...screen, position })));
  const layouts = venues.flatMap(({ screens }) => screens.map(({ layout }) => layout));
  await tx.$executeRaw`
    INSERT INTO venues (id, city_code, owner_id, name, address, latitude, longitude, amenities)
    SELECT id, "cityCode", "ownerId", name, address, latitude, longitude, amenities
    FROM jsonb_to_recordset(${JSON.stringify(venueRows)}::jsonb) AS venue (
      id text, "cityCode" text, "ownerId" text, name text, address text, latitude float8, longitude float8,
      amenities text[])`;
  await tx.$executeRaw`
    INSERT INTO screens (id, venue_id, name, position, layout_id, capacity)
    SELECT id, "venueId", name, position, "layoutId", capacity
    FROM jsonb_to_recordset(${JSON.stringify(screenRows)}::jsonb) AS screen (
      id text, "venueId" text, name text, position int, "layoutId" text, capacity int)`;
  await tx.$executeRaw`
    INSERT INTO seat_layouts (id, screen_id, version, tier_names, sections, seat_count)
    SELECT id, "screenId", version, "tierNames", sections, "seatCount"
    FROM jsonb_to_recordset(${JSON.stringify(layouts)}::jsonb) AS layout (
      id text, "screenId" text, version int, "tierNames" text[], sections jsonb, "seatCount" int)`;
  const cityOfScreen = new Map(
    venues.flatMap(({ venue, screens }) => screens.map(({ screen }) => [screen.id, venue.cityCode])),
  );
  await appendToOutbox(
    tx,
    layouts.map((layout) => layoutPublished(layout, cityOfScreen.get(layout.screenId) ?? '')),
  );
}
