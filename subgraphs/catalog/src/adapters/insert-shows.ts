import { Prisma } from '@marquee/prisma-catalog';
import type { SqlTransaction } from '@marquee/database';

import type { ShowBatch } from '../domain/ports.ts';
import { cheapest } from '../domain/show.ts';

/**
 * Stores shows by one statement, by start.
 *
 * @param batches of one city
 * @param options `skipTaken` leaves out shows that are there already or whose screen is taken, instead of failing
 * @returns the ids of those stored
 */
export async function insertShows(
  tx: SqlTransaction,
  batches: readonly ShowBatch[],
  { skipTaken = false } = {},
): Promise<Set<string>> {
  const rows = JSON.stringify(batches.flatMap(rowsOf));
  const stored = await tx.$queryRaw<{ id: string }[]>`
    INSERT INTO shows (city_code, id, title_id, venue_id, screen_id, layout_id, starts_at, ends_at, screen_free_at,
      local_date, sales_open_at, language, format, tiers, price_from, currency, cancellation_tiers, high_demand)
    SELECT "cityCode", id, "titleId", "venueId", "screenId", "layoutId", "startsAt", "endsAt", "screenFreeAt",
      ("startsAt" AT TIME ZONE "timeZone")::date, "salesOpenAt", language, format, tiers, "priceFrom", currency,
      "cancellationTiers", "highDemand"
    FROM jsonb_to_recordset(${rows}::jsonb) AS show (
      "cityCode" text, "timeZone" text, id text, "titleId" text, "venueId" text, "screenId" text, "layoutId" text,
      "startsAt" timestamptz, "endsAt" timestamptz, "screenFreeAt" timestamptz, "salesOpenAt" timestamptz,
      language text, format text, tiers jsonb, "priceFrom" int, currency text, "cancellationTiers" jsonb,
      "highDemand" boolean)
    ORDER BY "startsAt"
    ${skipTaken ? Prisma.sql`ON CONFLICT DO NOTHING` : Prisma.empty}
    RETURNING id`;
  return new Set(stored.map(({ id }) => id));
}

function rowsOf({ stage, title, shows, ...terms }: ShowBatch) {
  const { city, venue, screen } = stage;
  return shows.map((show) => {
    const { amount: priceFrom, currency } = cheapest(show.tiers);
    return {
      ...terms,
      ...show,
      priceFrom,
      currency,
      cityCode: city.code,
      timeZone: city.timeZone,
      titleId: title.id,
      venueId: venue.id,
      screenId: screen.id,
      layoutId: screen.layoutId,
    };
  });
}
