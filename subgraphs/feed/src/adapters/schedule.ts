import type { SqlTransaction } from '@marquee/database';
import type { DomainEvent } from '@marquee/events';
import { cityCodeOf } from '@marquee/subgraph/ids';

import type { ChangedShow, ScheduledShows } from '../domain/ports.ts';

/**
 * Feed's copy of the shows. Each part of a show has its own event, and they come in any order: each writes its part, and
 * a show is nothing to anybody until all are there. Each statement gives the cities a new version.
 */
export class ScheduleRepository {
  readonly #tx: SqlTransaction;

  constructor(tx: SqlTransaction) {
    this.#tx = tx;
  }

  async schedule(payloads: readonly ScheduledShows[]): Promise<void> {
    const rows = payloads.flatMap(({ shows, cityCode, title, venue, salesOpenAt }) =>
      shows.map(({ id, startsAt }) => ({ id, startsAt, cityCode, salesOpenAt, titleId: title.id, venueId: venue.id })),
    );
    await this.#tx.$executeRaw`
      INSERT INTO shows AS show (id, city_code, title_id, venue_id, starts_at, sales_open_at)
      SELECT DISTINCT ON (id) id, "cityCode", "titleId", "venueId", "startsAt", "salesOpenAt"
      FROM jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) AS row (
        id text, "cityCode" text, "titleId" text, "venueId" text, "startsAt" timestamptz, "salesOpenAt" timestamptz)
      ORDER BY id
      ON CONFLICT (id) DO UPDATE SET title_id = excluded.title_id, venue_id = excluded.venue_id,
        sales_open_at = excluded.sales_open_at, starts_at = coalesce(show.starts_at, excluded.starts_at)`;
    await this.#renew(payloads);
  }

  /** An older change that comes late changes nothing. */
  async change(payloads: readonly ChangedShow[]): Promise<void> {
    const rows = payloads.map(({ showId, cityCode, version, startsAt }) => ({ showId, cityCode, version, startsAt }));
    await this.#tx.$executeRaw`
      INSERT INTO shows AS show (id, city_code, starts_at, version)
      SELECT DISTINCT ON ("showId") "showId", "cityCode", "startsAt", version
      FROM jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) AS row (
        "showId" text, "cityCode" text, "startsAt" timestamptz, version int)
      ORDER BY "showId", version DESC
      ON CONFLICT (id) DO UPDATE SET starts_at = excluded.starts_at, version = excluded.version
      WHERE show.version < excluded.version`;
    await this.#renew(payloads);
  }

  async cancel(payloads: readonly Pick<ChangedShow, 'showId' | 'cityCode'>[]): Promise<void> {
    const rows = payloads.map(({ showId, cityCode }) => ({ showId, cityCode }));
    await this.#tx.$executeRaw`
      INSERT INTO shows (id, city_code, cancelled)
      SELECT DISTINCT "showId", "cityCode", true
      FROM jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) AS row ("showId" text, "cityCode" text)
      ORDER BY "showId"
      ON CONFLICT (id) DO UPDATE SET cancelled = true`;
    await this.#renew(payloads);
  }

  /** The last report counts, whenever it comes. */
  async reportAvailability(events: readonly DomainEvent<'booking.show-availability-changed'>[]): Promise<void> {
    const rows = events.flatMap(({ payload: { showId, soldOut }, occurredAt }) => {
      const cityCode = cityCodeOf(showId);
      return cityCode === null ? [] : [{ showId, soldOut, cityCode, occurredAt }];
    });
    await this.#tx.$executeRaw`
      INSERT INTO shows AS show (id, city_code, sold_out, sold_out_reported_at)
      SELECT DISTINCT ON ("showId") "showId", "cityCode", "soldOut", "occurredAt"
      FROM jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) AS row (
        "showId" text, "cityCode" text, "soldOut" boolean, "occurredAt" timestamptz)
      ORDER BY "showId", "occurredAt" DESC
      ON CONFLICT (id) DO UPDATE SET sold_out = excluded.sold_out, sold_out_reported_at = excluded.sold_out_reported_at
      WHERE show.sold_out_reported_at IS NULL OR show.sold_out_reported_at <= excluded.sold_out_reported_at`;
    await this.#renew(rows);
  }

  async #renew(changed: readonly { readonly cityCode: string; readonly timeZone?: string }[]): Promise<void> {
    const zones = new Map(changed.map(({ cityCode, timeZone = null }) => [cityCode, timeZone]));
    await this.#tx.$executeRaw`
      INSERT INTO cities AS city (code, time_zone, version)
      SELECT code, coalesce(zone, 'UTC'), 1
      FROM unnest(${[...zones.keys()]}::text[], ${[...zones.values()]}::text[]) AS changed (code, zone) ORDER BY code
      ON CONFLICT (code) DO UPDATE SET version = city.version + 1`;
  }
}
