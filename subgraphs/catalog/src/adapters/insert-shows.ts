import type { SqlTransaction } from '@marquee/database';
import { Prisma } from '@marquee/prisma-catalog';

import { lowestPrice } from '../domain/show.ts';
import type { ShowBatch } from '../domain/show-batch.ts';

/**
 * Stores shows in one statement.
 *
 * @param batches of one city
 * @param options `skipConflicts` skips shows that exist and shows whose screen is occupied, instead of failing
 * @returns the ids of the stored shows
 */
export async function insertShows(
  tx: SqlTransaction,
  batches: readonly ShowBatch[],
  { skipConflicts = false } = {},
): Promise<Set<string>> {
  const rows = JSON.stringify(batches.flatMap(toRows));
  const stored = await tx.$queryRaw<{ id: string }[]>`
    INSERT INTO shows (city_code, id, title_id, venue_id, screen_id, layout_id, starts_at, ends_at, screen_free_at,
      local_date, sales_open_at, language, format, tiers, price_from, currency, cancellation_tiers, high_demand,
      max_seats_per_customer, transferable)
    SELECT "cityCode", id, "titleId", "venueId", "screenId", "layoutId", "startsAt", "endsAt", "screenFreeAt",
      ("startsAt" AT TIME ZONE "timeZone")::date, "salesOpenAt", language, format, tiers, "priceFrom", currency,
      "cancellationTiers", "highDemand", "maxSeatsPerCustomer", transferable
    FROM jsonb_to_recordset(${rows}::jsonb) AS show (
      "cityCode" text, "timeZone" text, id text, "titleId" text, "venueId" text, "screenId" text, "layoutId" text,
      "startsAt" timestamptz, "endsAt" timestamptz, "screenFreeAt" timestamptz, "salesOpenAt" timestamptz,
      language text, format text, tiers jsonb, "priceFrom" bigint, currency text, "cancellationTiers" jsonb,
      "highDemand" boolean, "maxSeatsPerCustomer" int, transferable boolean)
    ORDER BY "startsAt"
    ${skipConflicts ? Prisma.sql`ON CONFLICT DO NOTHING` : Prisma.empty}
    RETURNING id`;
  return new Set(stored.map(({ id }) => id));
}

function toRows({ screen, title, shows, ...terms }: ShowBatch) {
  const { city, venue } = screen;
  return shows.map((show) => {
    const { amount: priceFrom, currency } = lowestPrice(show.tiers);
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
