import type { SqlTransaction } from '@marquee/database';
import type { PayloadOf } from '@marquee/events';

import { SeatLayout } from '../domain/seat-layout.ts';

/** The copy of catalog's layouts and shows that booking sells from; saving one again changes nothing. */
export class ScheduleRepository {
  readonly #tx: SqlTransaction;

  constructor(tx: SqlTransaction) {
    this.#tx = tx;
  }

  async saveLayout({ layoutId, screenId, sections }: PayloadOf<'catalog.layout-published'>): Promise<void> {
    const { seatCount } = new SeatLayout(layoutId, sections);
    await this.#tx.$executeRaw`
      INSERT INTO seat_layouts (id, screen_id, sections, seat_count)
      VALUES (${layoutId}, ${screenId}, ${JSON.stringify(sections)}::jsonb, ${seatCount})
      ON CONFLICT (id) DO NOTHING`;
  }

  /** @throws when the layout has not arrived yet; its event is older, so a retry finds it */
  async saveShows(scheduled: PayloadOf<'catalog.shows-scheduled'>): Promise<void> {
    const { cityCode, timeZone, layoutId, screen, venue, title, cancellationTiers, shows } = scheduled;
    const layouts = await this.#tx.$queryRaw<object[]>`
      WITH layout AS (SELECT seat_count FROM seat_layouts WHERE id = ${layoutId}), saved AS (
        INSERT INTO shows (city_code, id, layout_id, title_id, title_name, venue_id, venue_name, venue_owner_id,
          screen_name, time_zone, starts_at, ends_at, tiers, cancellation_tiers, high_demand, seat_count)
        SELECT ${cityCode}, id, ${layoutId}, ${title.id}, ${title.name}, ${venue.id}, ${venue.name}, ${venue.ownerId},
          ${screen.name}, ${timeZone}, "startsAt", "endsAt", tiers, ${JSON.stringify(cancellationTiers)}::jsonb,
          "highDemand", seat_count
        FROM layout, jsonb_to_recordset(${JSON.stringify(shows)}::jsonb) AS show (
          id text, "startsAt" timestamptz, "endsAt" timestamptz, tiers jsonb, "highDemand" boolean)
        ORDER BY id
        ON CONFLICT (city_code, id) DO NOTHING)
      SELECT seat_count FROM layout`;
    if (layouts.length === 0) throw new Error(`The layout ${layoutId} is not known yet`);
  }

  /** Names the venue of all its shows, in the order of their keys. */
  async renameVenue({ venueId, name }: PayloadOf<'catalog.venue-changed'>): Promise<void> {
    await this.#tx.$executeRaw`
      WITH renamed AS (SELECT city_code, id FROM shows WHERE venue_id = ${venueId} ORDER BY city_code, id FOR UPDATE)
      UPDATE shows SET venue_name = ${name} FROM renamed
      WHERE shows.city_code = renamed.city_code AND shows.id = renamed.id`;
  }

  /** Names the title of all its shows, in the order of their keys. */
  async renameTitle({ titleId, name }: PayloadOf<'catalog.title-changed'>): Promise<void> {
    await this.#tx.$executeRaw`
      WITH renamed AS (SELECT city_code, id FROM shows WHERE title_id = ${titleId} ORDER BY city_code, id FOR UPDATE)
      UPDATE shows SET title_name = ${name} FROM renamed
      WHERE shows.city_code = renamed.city_code AND shows.id = renamed.id`;
  }
}
