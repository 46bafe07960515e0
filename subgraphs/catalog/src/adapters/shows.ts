import { isExclusionViolation, type SqlClient, type SqlTransaction } from '@marquee/database';
import { appendToOutbox } from '@marquee/events';
import { toMoney } from '@marquee/money';
import { Prisma } from '@marquee/prisma-catalog';
import type { Period } from '@marquee/subgraph';
import { cityCodeOf, isPossibleId } from '@marquee/subgraph/ids';

import type { CityDay, CityPeriod, Page, ShowSortKey, TitleDate } from '../domain/listing.ts';
import type { ChangeRefusal, Shows } from '../domain/ports.ts';
import type { ScreeningTimes } from '../domain/screening-times.ts';
import type { ScreenInVenue, ShowBatch } from '../domain/show-batch.ts';
import { type ChangedShow, lowestPrice, type Show } from '../domain/show.ts';
import { catalogAudited, showCancelled, showChanged, showsScheduled } from './catalog-events.ts';
import { insertShows } from './insert-shows.ts';

type ShowRow = Omit<Show, 'priceFrom'> & { readonly priceFrom: bigint; readonly currency: string };

const COLUMNS = Prisma.raw(`show.id, show.city_code AS "cityCode", show.title_id AS "titleId",
  show.venue_id AS "venueId", show.screen_id AS "screenId", show.layout_id AS "layoutId", show.version,
  show.starts_at AS "startsAt", show.ends_at AS "endsAt",
  show.sales_open_at AS "salesOpenAt", show.language, show.format, show.tiers, show.price_from AS "priceFrom",
  show.currency, show.cancellation_tiers AS "cancellationTiers", show.high_demand AS "highDemand",
  show.max_seats_per_customer AS "maxSeatsPerCustomer", show.transferable,
  show.sold_out AS "soldOut", show.cancelled_at IS NOT NULL AS cancelled`);

/** Attempts to schedule when the conflicting show disappeared meanwhile. */
const ATTEMPTS = 3;

/** Shows, partitioned by city. */
export class ShowRepository implements Shows {
  readonly #sql: SqlClient;

  constructor(sql: SqlClient) {
    this.#sql = sql;
  }

  /** Reads only the partitions of the cities that the ids name. */
  async findMany(ids: readonly string[]): Promise<Show[]> {
    const possible = ids.filter((id) => isPossibleId(id) && cityCodeOf(id) !== null);
    if (possible.length === 0) return [];
    const cityCodes = [...new Set(possible.map(cityCodeOf))];
    const rows = await this.#sql.$queryRaw<ShowRow[]>`
      SELECT ${COLUMNS} FROM shows AS show WHERE city_code = ANY (${cityCodes}) AND id = ANY (${possible})`;
    return rows.map(toShow);
  }

  /** Up to `limit + 1` shows of each title, by start. */
  async ofTitles(titleIds: readonly string[], day: CityDay, page: Page<ShowSortKey>): Promise<Show[]> {
    const rows = await this.#sql.$queryRaw<ShowRow[]>`
      SELECT ${COLUMNS} FROM unnest(${titleIds}::text[]) AS title (id) CROSS JOIN LATERAL (
        SELECT * FROM shows
        WHERE title_id = title.id AND city_code = ${day.cityCode} AND local_date = ${day.date}::date AND ${isAfter(page)}
        ORDER BY starts_at, id LIMIT ${page.limit + 1}
      ) AS show ORDER BY show.starts_at, show.id`;
    return rows.map(toShow);
  }

  /** Up to `limit + 1` shows of each venue, by start. */
  async ofVenues(venueIds: readonly string[], date: string, page: Page<ShowSortKey>): Promise<Show[]> {
    const rows = await this.#sql.$queryRaw<ShowRow[]>`
      SELECT ${COLUMNS} FROM venues AS venue CROSS JOIN LATERAL (
        SELECT * FROM shows
        WHERE venue_id = venue.id AND city_code = venue.city_code AND local_date = ${date}::date AND ${isAfter(page)}
        ORDER BY starts_at, id LIMIT ${page.limit + 1}
      ) AS show WHERE venue.id = ANY (${venueIds}) ORDER BY show.starts_at, show.id`;
    return rows.map(toShow);
  }

  /** Up to `limit + 1` shows of each venue that start within a period, by start. */
  async scheduleOf(venueIds: readonly string[], { from, to }: Period, page: Page<ShowSortKey>): Promise<Show[]> {
    const rows = await this.#sql.$queryRaw<ShowRow[]>`
      SELECT ${COLUMNS} FROM venues AS venue CROSS JOIN LATERAL (
        SELECT * FROM shows
        WHERE venue_id = venue.id AND city_code = venue.city_code
          AND local_date BETWEEN ${from}::date AND ${to}::date AND ${isAfter(page)}
        ORDER BY starts_at, id LIMIT ${page.limit + 1}
      ) AS show WHERE venue.id = ANY (${venueIds}) ORDER BY show.starts_at, show.id`;
    return rows.map(toShow);
  }

  /** The days of each title's shows in a city that are not cancelled, in order. */
  async datesOf(titleIds: readonly string[], { cityCode, from, to }: CityPeriod): Promise<TitleDate[]> {
    return this.#sql.$queryRaw<TitleDate[]>`
      SELECT DISTINCT title_id AS "titleId", local_date::text AS date FROM shows
      WHERE title_id = ANY (${titleIds}) AND city_code = ${cityCode} AND cancelled_at IS NULL
        AND local_date BETWEEN ${from}::date AND ${to}::date
      ORDER BY date`;
  }

  async schedule(batch: ShowBatch, by: string): Promise<Show | null> {
    for (let attempt = 1; ; attempt += 1) {
      try {
        await this.#sql.$transaction((tx) => insertAndEmit(tx, batch, by));
        return null;
      } catch (error) {
        if (!isExclusionViolation(error, /_screen_free$/)) throw error;
        const conflicting = await this.#firstConflict(batch.screen, batch.shows);
        if (conflicting) return conflicting;
        if (attempt === ATTEMPTS) throw error;
      }
    }
  }

  async change(screen: ScreenInVenue, change: ChangedShow, by: string): Promise<Show | ChangeRefusal | null> {
    const action = catalogAudited(by, 'show.changed', { subjectType: 'Show', subjectId: change.id });
    try {
      return await this.#sql.$transaction(async (tx) => {
        const refusal = await lockVersion(tx, screen, change);
        if (refusal) return refusal;
        await updateShow(tx, screen, change);
        await appendToOutbox(tx, [showChanged(screen, change, change.version + 1), action]);
        return null;
      });
    } catch (error) {
      if (!isExclusionViolation(error, /_screen_free$/)) throw error;
      const conflicting = await this.#firstConflict(screen, [change]);
      if (conflicting) return conflicting;
      throw error;
    }
  }

  async cancel(show: Show, { reason, at, by }: Parameters<Shows['cancel']>[1]): Promise<boolean> {
    const action = catalogAudited(by, 'show.cancelled', { subjectType: 'Show', subjectId: show.id });
    return this.#sql.$transaction(async (tx) => {
      const changed = await tx.$executeRaw`
        UPDATE shows SET cancelled_at = ${at}, cancellation_reason = ${reason}
        WHERE city_code = ${show.cityCode} AND id = ${show.id} AND cancelled_at IS NULL AND starts_at > ${at}`;
      if (changed > 0) await appendToOutbox(tx, [showCancelled(show, reason), action]);
      return changed > 0;
    });
  }

  /** The earliest other show that occupies the screen at one of the times. */
  async #firstConflict(
    screen: ScreenInVenue,
    shows: readonly (ScreeningTimes & { id: string })[],
  ): Promise<Show | null> {
    const wanted = JSON.stringify(shows.map(({ startsAt, screenFreeAt }) => ({ startsAt, screenFreeAt })));
    const ids = shows.map(({ id }) => id);
    const [row] = await this.#sql.$queryRaw<ShowRow[]>`
      SELECT ${COLUMNS} FROM jsonb_to_recordset(${wanted}::jsonb) AS wanted ("startsAt" timestamptz, "screenFreeAt" timestamptz)
      JOIN shows AS show ON city_code = ${screen.city.code} AND screen_id = ${screen.id} AND cancelled_at IS NULL
        AND show.id <> ALL (${ids})
        AND tstzrange(show.starts_at, show.screen_free_at) && tstzrange("startsAt", "screenFreeAt")
      ORDER BY show.starts_at LIMIT 1`;
    return row ? toShow(row) : null;
  }
}

async function insertAndEmit(tx: SqlTransaction, batch: ShowBatch, by: string): Promise<void> {
  const { screen, title, shows } = batch;
  const subject = { subjectType: 'Venue', subjectId: screen.venue.id } as const;
  const detail = `${shows.length} of ${title.id} on ${screen.id}, from ${shows[0]?.id}`;
  // Concurrent inserts of overlapping rows can deadlock on the exclusion constraint: the screen's row serializes them.
  await tx.$queryRaw`SELECT FROM screens WHERE id = ${batch.screen.id} FOR UPDATE`;
  await insertShows(tx, [batch]);
  await appendToOutbox(tx, [showsScheduled(batch), catalogAudited(by, 'shows.scheduled', subject, detail)]);
}

/** Locks a show at the version that a change was made of, after its screen, as when shows are scheduled. */
async function lockVersion(
  tx: SqlTransaction,
  screen: ScreenInVenue,
  { cityCode, id, version }: ChangedShow,
): Promise<ChangeRefusal | null> {
  await tx.$queryRaw`SELECT FROM screens WHERE id = ${screen.id} FOR UPDATE`;
  const [current] = await tx.$queryRaw<{ version: number }[]>`
    SELECT version FROM shows
    WHERE city_code = ${cityCode} AND id = ${id} AND cancelled_at IS NULL AND starts_at > now() FOR UPDATE`;
  if (!current) return 'NOT_UPCOMING';
  return current.version === version ? null : 'OVERTAKEN';
}

async function updateShow(tx: SqlTransaction, { id, city }: ScreenInVenue, show: ChangedShow): Promise<void> {
  const { amount } = lowestPrice(show.tiers);
  await tx.$executeRaw`
    UPDATE shows SET version = version + 1, screen_id = ${id}, layout_id = ${show.layoutId}, starts_at = ${show.startsAt},
      ends_at = ${show.endsAt}, screen_free_at = ${show.screenFreeAt},
      local_date = (${show.startsAt}::timestamptz AT TIME ZONE ${city.timeZone})::date,
      tiers = ${JSON.stringify(show.tiers)}::jsonb, price_from = ${amount}::bigint, high_demand = ${show.highDemand}
    WHERE city_code = ${show.cityCode} AND id = ${show.id}`;
}

function isAfter({ after }: Page<ShowSortKey>): Prisma.Sql {
  return after ? Prisma.sql`(starts_at, id) > (${after.startsAt}::timestamptz, ${after.id})` : Prisma.sql`true`;
}

function toShow({ priceFrom, currency, ...show }: ShowRow): Show {
  return { ...show, priceFrom: toMoney(priceFrom, currency) };
}
