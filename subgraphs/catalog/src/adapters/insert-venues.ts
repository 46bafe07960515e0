import type { SqlTransaction } from '@marquee/database';
import { appendToOutbox } from '@marquee/events';

import type { SeatLayout } from '../domain/seat-layout.ts';
import type { NewVenue } from '../domain/venue.ts';
import { layoutPublished } from './catalog-events.ts';
import { FactsRepository } from './facts.ts';

/** Stores venues with their screens and seat layouts, one statement for each table, and emits both. */
export async function insertVenues(tx: SqlTransaction, venues: readonly NewVenue[]): Promise<void> {
  await insertVenueRows(tx, venues);
  await insertScreens(tx, venues);
  const layouts = venues.flatMap(({ screens }) => screens.map(({ layout }) => layout));
  await insertLayouts(tx, layouts);
  const events = venues.flatMap(({ venue, screens }) =>
    screens.map(({ layout }) => layoutPublished(layout, venue.cityCode)),
  );
  await appendToOutbox(tx, events);
  await new FactsRepository(tx).emitVenues(venues.map(({ venue }) => venue.id));
}

async function insertVenueRows(tx: SqlTransaction, venues: readonly NewVenue[]): Promise<void> {
  const rows = venues.map(({ venue: { location, ...venue } }) => ({ ...venue, ...location }));
  await tx.$executeRaw`
    INSERT INTO venues (id, city_code, organisation_id, name, address, latitude, longitude, amenities)
    SELECT id, "cityCode", "organisationId", name, address, latitude, longitude, amenities
    FROM jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) AS venue (
      id text, "cityCode" text, "organisationId" text, name text, address text, latitude float8, longitude float8,
      amenities text[])`;
}

async function insertScreens(tx: SqlTransaction, venues: readonly NewVenue[]): Promise<void> {
  const rows = venues.flatMap(({ screens }) => screens.map(({ screen }, position) => ({ ...screen, position })));
  await tx.$executeRaw`
    INSERT INTO screens (id, venue_id, name, position, layout_id, capacity)
    SELECT id, "venueId", name, position, "layoutId", capacity
    FROM jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) AS screen (
      id text, "venueId" text, name text, position int, "layoutId" text, capacity int)`;
}

async function insertLayouts(tx: SqlTransaction, layouts: readonly SeatLayout[]): Promise<void> {
  await tx.$executeRaw`
    INSERT INTO seat_layouts (id, screen_id, version, tier_names, sections, seat_count)
    SELECT id, "screenId", version, "tierNames", sections, "seatCount"
    FROM jsonb_to_recordset(${JSON.stringify(layouts)}::jsonb) AS layout (
      id text, "screenId" text, version int, "tierNames" text[], sections jsonb, "seatCount" int)`;
}
