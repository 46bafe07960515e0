import type { SqlTransaction } from '@marquee/database';

import { SeatLayout } from '../domain/seat-layout.ts';
import type { PublishedLayout, Schedule, ScheduledShow } from '../domain/shows.ts';

/** The copy of catalog's layouts and shows; saving one again changes nothing. */
export class ScheduleRepository implements Schedule {
  readonly #tx: SqlTransaction;

  constructor(tx: SqlTransaction) {
    this.#tx = tx;
  }

  async saveLayout({ id, screenId, sections }: PublishedLayout): Promise<void> {
    const { seatCount } = new SeatLayout(id, sections);
    await this.#tx.$executeRaw`
      INSERT INTO seat_layouts (id, screen_id, sections, seat_count)
      VALUES (${id}, ${screenId}, ${JSON.stringify(sections)}::jsonb, ${seatCount})
      ON CONFLICT (id) DO NOTHING`;
  }

  async saveShows(layoutId: string, shows: readonly ScheduledShow[]): Promise<void> {
    const layouts = await this.#tx.$queryRaw<object[]>`
      WITH layout AS (SELECT seat_count FROM seat_layouts WHERE id = ${layoutId}), saved AS (
        INSERT INTO shows (city_code, id, layout_id, title_id, title_name, venue_id, venue_name, venue_owner_id,
          screen_name, time_zone, starts_at, ends_at, tiers, cancellation_tiers, high_demand, seat_count)
        SELECT "cityCode", id, "layoutId", "titleId", "titleName", "venueId", "venueName", "venueOwnerId",
          "screenName", "timeZone", "startsAt", "endsAt", tiers, "cancellationTiers", "highDemand", seat_count
        FROM layout, jsonb_to_recordset(${JSON.stringify(shows)}::jsonb) AS show (
          "cityCode" text, id text, "layoutId" text, "titleId" text, "titleName" text, "venueId" text, "venueName" text,
          "venueOwnerId" text, "screenName" text, "timeZone" text, "startsAt" timestamptz, "endsAt" timestamptz,
          tiers jsonb, "cancellationTiers" jsonb, "highDemand" boolean)
        ON CONFLICT (city_code, id) DO NOTHING)
      SELECT seat_count FROM layout`;
    if (layouts.length === 0) throw new Error(`The layout ${layoutId} is not known yet`);
  }
}
