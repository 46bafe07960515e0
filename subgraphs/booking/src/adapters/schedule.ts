import type { SqlTransaction } from '@marquee/database';
import { currentTraceparent, type PayloadOf } from '@marquee/events';
import { Prisma } from '@marquee/prisma-booking';

import { SeatLayout } from '../domain/seat-layout.ts';
import { type CityKey, idsByCity } from './city-keys.ts';
import { countSections } from './seat-counts.ts';
import { lockClaims } from './seat-claims.ts';
import { moveStatement } from './moved-shows.ts';
import { cancelForVenue } from './venue-cancellations.ts';

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
    const { cityCode, timeZone, country, layoutId, screen, venue, title, shows, ...terms } = scheduled;
    const layouts = await this.#tx.$queryRaw<object[]>`
      WITH layout AS (SELECT seat_count FROM seat_layouts WHERE id = ${layoutId}), saved AS (
        INSERT INTO shows (city_code, id, layout_id, title_id, title_name, venue_id, venue_name,
          organisation_id, screen_name, time_zone, country, starts_at, ends_at, tiers, cancellation_tiers, high_demand,
          max_seats_per_customer, transferable, sales_open_at, admissions_per_minute, seat_count)
        SELECT ${cityCode}, id, ${layoutId}, ${title.id}, ${title.name}, ${venue.id}, ${venue.name},
          ${venue.organisationId}, ${screen.name}, ${timeZone}, ${country}, "startsAt", "endsAt", tiers,
          ${JSON.stringify(terms.cancellationTiers)}::jsonb, "highDemand", ${terms.maxSeatsPerCustomer}::int,
          ${terms.transferable}, ${terms.salesOpenAt}::timestamptz, ${terms.admissionsPerMinute}::int, seat_count
        FROM layout, jsonb_to_recordset(${JSON.stringify(shows)}::jsonb) AS show (
          id text, "startsAt" timestamptz, "endsAt" timestamptz, tiers jsonb, "highDemand" boolean)
        ORDER BY id
        ON CONFLICT (city_code, id) DO NOTHING
        RETURNING city_code, id, layout_id
      ), ${countSections(Prisma.sql`saved`)}
      SELECT seat_count FROM layout`;
    if (layouts.length === 0) throw new Error(`The layout ${layoutId} is not known yet`);
  }

  renameVenue({ venueId, version, name }: PayloadOf<'catalog.venue-changed'>): Promise<void> {
    return this.#rename('venue', venueId, { version, name });
  }

  renameTitle({ titleId, version, name }: PayloadOf<'catalog.title-changed'>): Promise<void> {
    return this.#rename('title', titleId, { version, name });
  }

  /** Names a venue or a title in all its shows, in the order of their keys. */
  async #rename(what: 'venue' | 'title', id: string, { version, name }: { version: number; name: string }) {
    if (version === 0) return; // It was created.
    const [idColumn, nameColumn, versionColumn] = ['id', 'name', 'version'].map((part) =>
      Prisma.raw(`${what}_${part}`),
    );
    const isOlder = Prisma.sql`${idColumn} = ${id} AND ${versionColumn} < ${version}`;
    const older = await this.#tx.$queryRaw<CityKey[]>`SELECT city_code AS "cityCode", id FROM shows WHERE ${isOlder}`;
    for (const [cityCode, ids] of idsByCity(older)) {
      await this.#tx.$executeRaw`
        WITH renamed AS (SELECT id FROM shows
          WHERE city_code = ${cityCode} AND id = ANY (${ids}) AND ${isOlder} ORDER BY id FOR UPDATE)
        UPDATE shows SET ${nameColumn} = ${name}, ${versionColumn} = ${version} FROM renamed
        WHERE shows.city_code = ${cityCode} AND shows.id = renamed.id`;
    }
  }

  /** @throws when the show has not arrived yet; its event is older, so a retry finds it */
  async cancelShow({ cityCode, showId, reason }: PayloadOf<'catalog.show-cancelled'>): Promise<void> {
    const changed = await this.#tx.$executeRaw`
      UPDATE shows SET cancelled_at = coalesce(cancelled_at, now()), cancellation_reason = ${reason}
      WHERE city_code = ${cityCode} AND id = ${showId}`;
    if (changed === 0) throw new Error(`The show ${showId} is not known yet`);
  }

  /**
   * Moves a show, changes its prices, and tells the customers of its bookings of a new time. An older change that comes
   * late changes nothing.
   *
   * @throws when the show has not arrived yet; its event is older, so a retry finds it
   */
  async changeShow(change: PayloadOf<'catalog.show-changed'>): Promise<void> {
    const { cityCode, showId, version, startsAt, endsAt, screen, layoutId, tiers, highDemand } = change;
    await this.#lockBookings(change);
    const [before] = await this.#tx.$queryRaw<{ version: number; startsAt: Date; layoutId: string }[]>`
      SELECT show_version AS version, starts_at AS "startsAt", layout_id AS "layoutId" FROM shows
      WHERE city_code = ${cityCode} AND id = ${showId} FOR UPDATE`;
    if (!before) throw new Error(`The show ${showId} is not known yet`);
    if (before.version >= version) return;
    await this.#tx.$executeRaw`
      UPDATE shows SET show_version = ${version}, starts_at = ${startsAt}::timestamptz, ends_at = ${endsAt}::timestamptz,
        screen_name = ${screen.name}, layout_id = ${layoutId}, tiers = ${JSON.stringify(tiers)}::jsonb,
        high_demand = ${highDemand}, seat_count = (SELECT seat_count FROM seat_layouts WHERE id = ${layoutId})
      WHERE city_code = ${cityCode} AND id = ${showId}`;
    if (before.layoutId !== layoutId) await this.#leaveScreen(cityCode, showId);
    if (before.startsAt.getTime() !== Date.parse(startsAt))
      await this.#tx.$executeRaw(moveStatement(change, before.startsAt));
  }

  /** Locks the bookings of a show that moves: before its row and its claims, as a payment does. */
  async #lockBookings({ cityCode, showId, layoutId, startsAt }: PayloadOf<'catalog.show-changed'>): Promise<void> {
    await this.#tx.$queryRaw`
      SELECT FROM bookings WHERE city_code = ${cityCode} AND show_id = ${showId} AND EXISTS (
        SELECT FROM shows WHERE city_code = ${cityCode} AND id = ${showId}
          AND (layout_id <> ${layoutId} OR starts_at <> ${startsAt}::timestamptz))
      ORDER BY city_code, id FOR UPDATE`;
  }

  /**
   * Ends what was held or booked while the show moved to another screen, which does not have these seats. The seat map
   * skips a version, so that whoever follows it reads all of it.
   */
  async #leaveScreen(cityCode: string, showId: string): Promise<void> {
    const ofShow = Prisma.sql`city_code = ${cityCode} AND show_id = ${showId}`;
    await lockClaims(this.#tx, ofShow);
    const reason = Prisma.sql`'The show moved to another screen, which does not have your seats.'`;
    await cancelForVenue(this.#tx, { cityCode, condition: ofShow, reason });
    await this.#tx.$executeRaw`UPDATE seat_holds SET status = 'RELEASED' WHERE ${ofShow} AND status = 'ACTIVE'`;
    await this.#tx.$executeRaw`DELETE FROM seat_claims WHERE ${ofShow}`;
    await this.#tx.$executeRaw`DELETE FROM seat_counts WHERE ${ofShow}`;
    await this.#tx.$executeRaw`
      WITH emptied AS (
        UPDATE shows SET held_count = 0, sold_count = 0, blocked_count = 0, seat_map_version = seat_map_version + 2
        WHERE city_code = ${cityCode} AND id = ${showId} RETURNING city_code, id, layout_id, seat_map_version
      ), ${countSections(Prisma.sql`emptied`)}
      INSERT INTO outbox_events (id, type, key, payload, traceparent)
      SELECT gen_random_uuid(), 'booking.seats-changed', id, jsonb_build_object('showId', id,
        'version', seat_map_version, 'seats', '[]'::jsonb), ${currentTraceparent()} FROM emptied`;
  }
}
