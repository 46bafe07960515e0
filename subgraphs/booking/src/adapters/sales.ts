import { toMoney } from '@marquee/money';
import { Prisma, type PrismaClient } from '@marquee/prisma-booking';
import { isPossibleId } from '@marquee/subgraph/ids';

import type { Sales } from '../domain/ports.ts';
import type { ReportGroup, SalesQuery, SalesRow } from '../domain/sales.ts';

/** The day of the show in its venue's time zone. */
const LOCAL_DAY = `(show.starts_at AT TIME ZONE show.time_zone)::date`;

const GROUP_KEYS: Readonly<Record<ReportGroup, string>> = {
  DAY: `${LOCAL_DAY}::text`,
  TITLE: 'show.title_id',
  VENUE: 'show.venue_id',
  CITY: `'cty_' || show.city_code`,
};

interface Row {
  readonly key: string;
  readonly currency: string;
  readonly tickets: number;
  readonly seats: number;
  readonly gross: bigint;
  readonly refunds: bigint;
}

/** Sales, read from shows, tickets and bookings. */
export class SalesRepository implements Sales {
  readonly #client: PrismaClient;

  constructor(client: PrismaClient) {
    this.#client = client;
  }

  /** The bounds on `starts_at` are a day wider than any time zone, so that its indexes apply. */
  async report({ from, to, groupBy, venueId, organisationIds }: SalesQuery): Promise<SalesRow[]> {
    if (venueId !== null && !isPossibleId(venueId)) return [];
    const ofVenue = venueId === null ? Prisma.sql`true` : Prisma.sql`show.venue_id = ${venueId}`;
    const ofOrganisation =
      organisationIds === null
        ? Prisma.sql`true`
        : Prisma.sql`show.organisation_id = ANY (${organisationIds.filter(isPossibleId)})`;
    const rows = await this.#client.$queryRaw<Row[]>`
      SELECT ${Prisma.raw(GROUP_KEYS[groupBy])} AS key, show.tiers->0->'price'->>'currency' AS currency,
        sum(ticket.count)::int AS tickets, sum(show.seat_count)::int AS seats,
        coalesce(sum(booking.total), 0)::bigint AS gross, coalesce(sum(booking.refunded), 0)::bigint AS refunds
      FROM shows AS show
      CROSS JOIN LATERAL (
        SELECT count(*) FROM tickets
        WHERE tickets.city_code = show.city_code AND tickets.show_id = show.id
          AND tickets.status IN ('ISSUED', 'CHECKED_IN')) AS ticket
      CROSS JOIN LATERAL (
        SELECT sum(total) AS total, sum(refunded) AS refunded FROM bookings
        WHERE bookings.city_code = show.city_code AND bookings.show_id = show.id
          AND bookings.status IN ('CONFIRMED', 'PARTIALLY_CANCELLED', 'CANCELLED', 'COMPLETED')) AS booking
      WHERE ${ofVenue} AND ${ofOrganisation}
        AND show.starts_at >= ${from}::date - 1 AND show.starts_at < ${to}::date + 2
        AND ${Prisma.raw(LOCAL_DAY)} BETWEEN ${from}::date AND ${to}::date
      GROUP BY 1, 2 ORDER BY 1, 2`;
    return rows.map(toSalesRow);
  }
}

function toSalesRow({ key, currency, tickets, seats, gross, refunds }: Row): SalesRow {
  return {
    key,
    ticketsSold: tickets,
    gross: toMoney(gross, currency),
    refunds: toMoney(refunds, currency),
    occupancyPercent: seats === 0 ? 0 : Math.round((tickets / seats) * 1_000) / 10,
  };
}
