import type { SqlTransaction } from '@marquee/database';

import type { ScheduledShow, SoldOutReport } from '../domain/ports.ts';
import { liveSlots, type Target } from './live-slots.ts';

/** Key of the advisory lock: arbitrary, and used for nothing else in this database. */
const DAYS_LOCK = 5_202_671;

/** Writes shows, and with them what is shown on which day. */
export class StoredShows {
  readonly #sql: SqlTransaction;

  constructor(sql: SqlTransaction) {
    this.#sql = sql;
  }

  /** Fills the columns that are given, in whatever order they come. A cancelled show stays cancelled. */
  async add(shows: readonly ScheduledShow[], target: Target = 'IN_USE'): Promise<void> {
    if (shows.length === 0) return;
    await this.#sql.$executeRaw`
      WITH ${liveSlots(target)}, given AS (
        SELECT id, min("cityCode") AS city_code, min("titleId") AS title_id, min("venueId") AS venue_id,
          min(language) AS language, min("timeZone") AS time_zone, max(version) AS version, bool_or(cancelled) AS cancelled,
          (array_agg("startsAt" ORDER BY version DESC))[1] AS starts_at
        FROM jsonb_to_recordset(${JSON.stringify(shows)}::jsonb) AS given (id text, "cityCode" text, "titleId" text,
          "venueId" text, language text, "timeZone" text, "startsAt" timestamptz, version int, cancelled boolean)
        GROUP BY id
      )
      INSERT INTO shows AS known (slot, id, city_code, title_id, venue_id, language, time_zone, starts_at, version, cancelled)
      SELECT slot, id, city_code, title_id, venue_id, language, time_zone, starts_at, version, cancelled
      FROM live CROSS JOIN given ORDER BY slot, id
      ON CONFLICT (slot, id) DO UPDATE SET title_id = coalesce(excluded.title_id, known.title_id),
        venue_id = coalesce(excluded.venue_id, known.venue_id), language = coalesce(excluded.language, known.language),
        time_zone = coalesce(excluded.time_zone, known.time_zone), cancelled = known.cancelled OR excluded.cancelled,
        starts_at = CASE WHEN known.version < excluded.version THEN excluded.starts_at ELSE known.starts_at END,
        version = greatest(known.version, excluded.version)`;
    await this.#refreshDays(shows.map(({ id }) => id));
  }

  /** Records what booking says; a report that is older than the last one is overtaken. */
  async markSoldOut(reports: readonly SoldOutReport[], target: Target = 'IN_USE'): Promise<void> {
    if (reports.length === 0) return;
    await this.#sql.$executeRaw`
      WITH ${liveSlots(target)}, given AS (
        SELECT DISTINCT ON (id) * FROM jsonb_to_recordset(${JSON.stringify(reports)}::jsonb)
          AS given (id text, "cityCode" text, "soldOut" boolean, at timestamptz) ORDER BY id, at DESC
      )
      INSERT INTO shows AS known (slot, id, city_code, sold_out, sold_out_at)
      SELECT slot, id, "cityCode", "soldOut", at FROM live CROSS JOIN given ORDER BY slot, id
      ON CONFLICT (slot, id) DO UPDATE SET sold_out = excluded.sold_out, sold_out_at = excluded.sold_out_at
      WHERE known.sold_out_at IS NULL OR known.sold_out_at <= excluded.sold_out_at`;
    await this.#refreshDays(reports.map(({ id }) => id));
  }

  /**
   * Computes the days of these shows' titles at their venues anew, in every slot. One at a time: of two that compute the
   * same day at once, neither would see the other's show.
   */
  async #refreshDays(showIds: readonly string[]): Promise<void> {
    await this.#sql.$executeRaw`SELECT pg_advisory_xact_lock(${DAYS_LOCK})`;
    await this.#sql.$executeRaw`
      WITH touched AS MATERIALIZED (
        SELECT DISTINCT slot, title_id, venue_id FROM shows
        WHERE slot IN (0, 1) AND id = ANY (${[...showIds]}::text[]) AND title_id IS NOT NULL
      ), fresh AS MATERIALIZED (
        SELECT slot, min(city_code) AS city_code, venue_id, title_id, (starts_at AT TIME ZONE time_zone)::date AS day, language,
          max(starts_at) AS last_at, max(starts_at) FILTER (WHERE NOT sold_out) AS last_open_at
        FROM touched JOIN shows USING (slot, title_id, venue_id) WHERE NOT cancelled AND starts_at IS NOT NULL
        GROUP BY slot, title_id, venue_id, day, language
      ), gone AS (
        DELETE FROM show_days d USING touched t
        WHERE d.slot = t.slot AND d.title_id = t.title_id AND d.venue_id = t.venue_id AND NOT EXISTS (
          SELECT FROM fresh f WHERE f.slot = d.slot AND f.title_id = d.title_id AND f.venue_id = d.venue_id
            AND f.day = d.day AND f.language = d.language)
      )
      INSERT INTO show_days AS known (slot, city_code, venue_id, title_id, day, language, last_at, last_open_at)
      SELECT slot, city_code, venue_id, title_id, day, language, last_at, last_open_at FROM fresh
      ON CONFLICT (slot, title_id, venue_id, day, language)
        DO UPDATE SET last_at = excluded.last_at, last_open_at = excluded.last_open_at
        WHERE (known.last_at, known.last_open_at) IS DISTINCT FROM (excluded.last_at, excluded.last_open_at)`;
  }
}
