import { Prisma, type PrismaClient } from '@marquee/prisma-booking';
import { isPossibleId } from '@marquee/subgraph/ids';

import type { Booking } from '../domain/booking.ts';
import type { VenueBookings } from '../domain/ports.ts';
import type { BookingSearch, VenueBookingsPage, VenueKey } from '../domain/venue-bookings.ts';
import { BOOKING_COLUMNS, type BookingRow, toBooking } from './booking-row.ts';

/** How long ago a show may have begun for its seats and people to be found. */
const SEARCHED_DAYS = 7;

/** The most people among whom a name is looked for. */
const MAX_HOLDERS = 20_000;

/** Bookings of venues: read by an index of one partition, the latest first. */
export class VenueBookingRepository implements VenueBookings {
  readonly #client: PrismaClient;

  constructor(client: PrismaClient) {
    this.#client = client;
  }

  async findVenue(id: string): Promise<VenueKey | null> {
    if (!isPossibleId(id)) return null;
    const [venue] = await this.#client.$queryRaw<VenueKey[]>`
      SELECT venue_id AS id, city_code AS "cityCode", organisation_id AS "organisationId"
      FROM shows
      WHERE venue_id = ${id} ORDER BY starts_at DESC LIMIT 1`;
    return venue ?? null;
  }

  async holderIds({ id, cityCode }: VenueKey): Promise<string[]> {
    const rows = await this.#client.$queryRaw<{ holderId: string }[]>`
      SELECT holder_id AS "holderId" FROM (
        SELECT id, starts_at FROM shows WHERE city_code = ${cityCode} AND venue_id = ${id} AND ${IS_RECENT}
      ) AS show CROSS JOIN LATERAL (
        SELECT DISTINCT holder_id FROM tickets WHERE city_code = ${cityCode} AND show_id = show.id
          AND status IN ('ISSUED', 'CHECKED_IN') AND holder_id IS NOT NULL OFFSET 0) AS ticket
      ORDER BY starts_at LIMIT ${MAX_HOLDERS}`;
    return [...new Set(rows.map(({ holderId }) => holderId))];
  }

  async page({ venue, status, search, limit, after }: VenueBookingsPage): Promise<Booking[]> {
    const ofStatus = status ? Prisma.sql`AND status::text = ANY (${[...status]})` : Prisma.empty;
    const found = search ? Prisma.sql`AND ${matching(venue, search)}` : Prisma.empty;
    const start = after
      ? Prisma.sql`AND (created_at, id) < (${after.createdAt}::timestamptz, ${after.id})`
      : Prisma.empty;
    const rows = await this.#client.$queryRaw<BookingRow[]>`
      SELECT ${BOOKING_COLUMNS} FROM bookings
      WHERE city_code = ${venue.cityCode} AND venue_id = ${venue.id} ${ofStatus} ${found} ${start}
      ORDER BY created_at DESC, id DESC LIMIT ${limit + 1}`;
    return rows.map(toBooking);
  }
}

const IS_RECENT = Prisma.sql`starts_at > now() - make_interval(days => ${SEARCHED_DAYS}::int)`;

/** The booking with an id, those that have a seat now by the claims of the venue's shows, or those with tickets of people. */
function matching({ id, cityCode }: VenueKey, search: BookingSearch): Prisma.Sql {
  if ('bookingId' in search) return Prisma.sql`id = ${search.bookingId}`;
  if ('holderIds' in search) {
    return Prisma.sql`id IN (SELECT booking_id FROM tickets WHERE city_code = ${cityCode}
      AND holder_id = ANY (${[...search.holderIds]}::text[]) AND status <> 'CANCELLED')`;
  }
  return Prisma.sql`id IN (
    WITH recent AS MATERIALIZED (
      SELECT shows.id, layout_id FROM shows
      WHERE city_code = ${cityCode} AND venue_id = ${id} AND ${IS_RECENT}
    ), wanted AS MATERIALIZED (
      SELECT layout.id AS layout_id, seat ->> 'id' AS seat_id FROM seat_layouts AS layout,
        jsonb_array_elements(sections) AS section, jsonb_array_elements(section -> 'rows') AS line,
        jsonb_array_elements(line -> 'seats') AS seat
      WHERE layout.id IN (SELECT layout_id FROM recent) AND upper(line ->> 'label') = ${search.row}
        AND (seat ->> 'number')::int = ${search.number}::int
    )
    SELECT claim.booking_id FROM recent JOIN wanted USING (layout_id) JOIN seat_claims AS claim
      ON claim.city_code = ${cityCode} AND claim.show_id = recent.id AND claim.seat_id = wanted.seat_id)`;
}
