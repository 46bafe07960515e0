import { Prisma, type PrismaClient } from '@marquee/prisma-catalog';
import { isExclusionViolation, type SqlTransaction } from '@marquee/database';
import { appendToOutbox } from '@marquee/events';
import { cityCodeOf, isPossibleId } from '@marquee/subgraph/ids';

import type { DayOfTitle, Page, ShowBatch, ShowPosition, Shows } from '../domain/ports.ts';
import type { Show } from '../domain/show.ts';
import { showsScheduled } from './outgoing-events.ts';
import { insertShows } from './insert-shows.ts';

type ShowRow = Omit<Show, 'priceFrom'> & { readonly priceFrom: number; readonly currency: string };

const COLUMNS = Prisma.raw(`show.id, show.city_code AS "cityCode", show.title_id AS "titleId",
  show.venue_id AS "venueId", show.screen_id AS "screenId", show.starts_at AS "startsAt", show.ends_at AS "endsAt",
  show.sales_open_at AS "salesOpenAt", show.language, show.format, show.tiers, show.price_from AS "priceFrom",
  show.currency, show.cancellation_tiers AS "cancellationTiers", show.high_demand AS "highDemand",
  show.sold_out AS "soldOut", show.cancelled_at IS NOT NULL AS cancelled`);

/** How often a screen that is free again by the time one looks is asked for anew. */
const ATTEMPTS = 3;

/** Shows, by city. */
export class ShowRepository implements Shows {
  readonly #client: PrismaClient;

  constructor(client: PrismaClient) {
    this.#client = client;
  }

  /** Their ids say which partitions to look into. */
  async withIds(ids: readonly string[]): Promise<Show[]> {
    const wanted = ids.filter(isPossibleId).filter((id) => cityCodeOf(id) !== null);
    if (wanted.length === 0) return [];
    const cityCodes = [...new Set(wanted.map(cityCodeOf))];
    const rows = await this.#client.$queryRaw<ShowRow[]>`
      SELECT ${COLUMNS} FROM shows AS show WHERE city_code = ANY (${cityCodes}) AND id = ANY (${wanted})`;
    return rows.map(showOf);
  }

  async ofTitles(titleIds: readonly string[], day: DayOfTitle, page: Page<ShowPosition>): Promise<Show[]> {
    const rows = await this.#client.$queryRaw<ShowRow[]>`
      SELECT ${COLUMNS} FROM unnest(${titleIds}::text[]) AS title (id) CROSS JOIN LATERAL (
        SELECT * FROM shows
        WHERE title_id = title.id AND city_code = ${day.cityCode} AND local_date = ${day.date}::date AND ${behind(page)}
        ORDER BY starts_at, id LIMIT ${page.limit + 1}
      ) AS show ORDER BY show.starts_at, show.id`;
    return rows.map(showOf);
  }

  async ofVenues(venueIds: readonly string[], date: string, page: Page<ShowPosition>): Promise<Show[]> {
    const rows = await this.#client.$queryRaw<ShowRow[]>`
      SELECT ${COLUMNS} FROM venues AS venue CROSS JOIN LATERAL (
        SELECT * FROM shows
        WHERE venue_id = venue.id AND city_code = venue.city_code AND local_date = ${date}::date AND ${behind(page)}
        ORDER BY starts_at, id LIMIT ${page.limit + 1}
      ) AS show WHERE venue.id = ANY (${venueIds}) ORDER BY show.starts_at, show.id`;
    return rows.map(showOf);
  }

  async schedule(batch: ShowBatch): Promise<Show | null> {
    for (let attempt = 1; ; attempt += 1) {
      try {
        await this.#client.$transaction((tx) => scheduleIn(tx, batch));
        return null;
      } catch (error) {
        if (!isExclusionViolation(error, /_screen_free$/)) throw error;
        const conflicting = await this.#firstInTheWay(batch);
        if (conflicting) return conflicting;
        if (attempt === ATTEMPTS) throw error;
      }
    }
  }

  async #firstInTheWay({ stage, shows }: ShowBatch): Promise<Show | null> {
    const wanted = JSON.stringify(shows.map(({ startsAt, screenFreeAt }) => ({ startsAt, screenFreeAt })));
    const [row] = await this.#client.$queryRaw<ShowRow[]>`
      SELECT ${COLUMNS} FROM jsonb_to_recordset(${wanted}::jsonb) AS wanted ("startsAt" timestamptz, "screenFreeAt" timestamptz)
      JOIN shows AS show ON city_code = ${stage.city.code} AND screen_id = ${stage.screen.id} AND cancelled_at IS NULL
        AND tstzrange(show.starts_at, show.screen_free_at) && tstzrange("startsAt", "screenFreeAt")
      ORDER BY show.starts_at LIMIT 1`;
    return row ? showOf(row) : null;
  }
}

async function scheduleIn(tx: SqlTransaction, batch: ShowBatch): Promise<void> {
  // Two that insert overlapping rows would each wait for the other to commit; one behind the other, they never do.
  await tx.$queryRaw`SELECT FROM screens WHERE id = ${batch.stage.screen.id} FOR UPDATE`;
  await insertShows(tx, [batch]);
  await appendToOutbox(tx, [showsScheduled(batch)]);
}

function behind({ after }: Page<ShowPosition>): Prisma.Sql {
  return after ? Prisma.sql`(starts_at, id) > (${after.startsAt}::timestamptz, ${after.id})` : Prisma.sql`true`;
}

function showOf({ priceFrom: amount, currency, ...show }: ShowRow): Show {
  return { ...show, priceFrom: { amount, currency } };
}

/**
 * Notes whether a show is sold out.
 *
 * @param toldAt when booking said so: what it said before is not heard any more
 */
export async function noteSoldOut(
  tx: SqlTransaction,
  { showId, soldOut, toldAt }: { showId: string; soldOut: boolean; toldAt: Date },
): Promise<void> {
  await tx.$executeRaw`
    UPDATE shows SET sold_out = ${soldOut}, sold_out_told_at = ${toldAt}::timestamptz
    WHERE city_code = ${cityCodeOf(showId) ?? ''} AND id = ${showId}
      AND (sold_out_told_at IS NULL OR sold_out_told_at <= ${toldAt}::timestamptz)`;
}
