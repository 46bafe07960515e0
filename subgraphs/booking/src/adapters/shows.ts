import { cityCodeOf, isPossibleId } from '@marquee/subgraph/ids';
import type { PrismaClient } from '@marquee/prisma-booking';
import type { SqlTransaction } from '@marquee/database';

import type { Shows } from '../domain/ports.ts';
import { type LayoutSection, SeatLayout } from '../domain/seat-layout.ts';
import type { SeatStatus, TakenSeats } from '../domain/seat-map.ts';
import type { Availability, PriceTier, Show } from '../domain/show.ts';

/** How many layouts are kept in memory; they never change. */
const LAYOUTS_KEPT = 500;

/** A show as catalog scheduled it. */
export interface ScheduledShow {
  readonly cityCode: string;
  readonly id: string;
  readonly layoutId: string;
  readonly titleId: string;
  readonly titleName: string;
  readonly venueId: string;
  readonly venueName: string;
  readonly venueOwnerId: string;
  readonly screenName: string;
  readonly timeZone: string;
  readonly startsAt: string;
  readonly endsAt: string;
  readonly tiers: readonly PriceTier[];
  readonly cancellationTiers: readonly { readonly hoursBefore: number; readonly refundPercent: number }[];
  readonly highDemand: boolean;
}

type ShowRow = Awaited<ReturnType<PrismaClient['show']['findMany']>>[number];

/** Shows, their layouts, and which of their seats are taken. */
export class ShowRepository implements Shows {
  readonly #client: PrismaClient;
  readonly #layouts = new Map<string, SeatLayout>();

  constructor(client: PrismaClient) {
    this.#client = client;
  }

  async find(id: string): Promise<Show | null> {
    const [show] = await this.findMany([id]);
    return show ?? null;
  }

  /** The shows with these ids, in any order; unknown ids are left out. */
  async findMany(ids: readonly string[]): Promise<Show[]> {
    const keys = cityKeys(ids);
    if (keys.id.in.length === 0) return [];
    const rows = await this.#client.show.findMany({ where: keys });
    return rows.map(showOf);
  }

  async layout(layoutId: string): Promise<SeatLayout> {
    const kept = this.#layouts.get(layoutId);
    if (kept) return kept;
    const row = await this.#client.seatLayout.findUniqueOrThrow({ where: { id: layoutId } });
    const layout = new SeatLayout(row.id, row.sections as unknown as LayoutSection[]);
    if (this.#layouts.size >= LAYOUTS_KEPT) this.#layouts.delete(this.#layouts.keys().next().value ?? '');
    this.#layouts.set(layoutId, layout);
    return layout;
  }

  async taken({ cityCode, id }: Show): Promise<TakenSeats> {
    const rows = await this.#client.$queryRaw<{ seat_id: string; status: Exclude<SeatStatus, 'AVAILABLE'> }[]>`
      SELECT seat_id, CASE WHEN state IN ('SOLD', 'BLOCKED') THEN state::text ELSE 'HELD' END AS status
      FROM seat_claims
      WHERE city_code = ${cityCode} AND show_id = ${id} AND (expires_at IS NULL OR expires_at > now())`;
    return new Map(rows.map(({ seat_id, status }) => [seat_id, status]));
  }

  /** How many seats are in which state, by show id; unknown shows are left out. One statement. */
  async availability(ids: readonly string[]): Promise<Map<string, Availability>> {
    const { cityCode, id } = cityKeys(ids);
    if (id.in.length === 0) return new Map();
    const rows = await this.#client.$queryRaw<
      { id: string; total: number; held: number; sold: number; blocked: number }[]
    >`
      SELECT shows.id, seat_count AS total,
        count(*) FILTER (WHERE state IN ('HELD', 'PENDING') AND claim.expires_at > now())::int AS held,
        count(*) FILTER (WHERE state = 'SOLD')::int AS sold,
        count(*) FILTER (WHERE state = 'BLOCKED')::int AS blocked
      FROM shows LEFT JOIN seat_claims AS claim ON claim.city_code = shows.city_code AND claim.show_id = shows.id
      WHERE shows.city_code = ANY (${cityCode.in}) AND shows.id = ANY (${id.in})
      GROUP BY shows.city_code, shows.id`;
    return new Map(
      rows.map(({ total, held, sold, blocked, ...show }) => [
        show.id,
        { total, held, sold, available: total - held - sold - blocked },
      ]),
    );
  }
}

/** The condition that finds city-partitioned rows by their ids: it touches only the partitions of their cities. */
export function cityKeys(ids: readonly string[]): { cityCode: { in: string[] }; id: { in: string[] } } {
  const known = ids.filter((id) => isPossibleId(id) && cityCodeOf(id) !== null);
  return { cityCode: { in: [...new Set(known.map((id) => cityCodeOf(id) ?? ''))] }, id: { in: known } };
}

function showOf(row: ShowRow): Show {
  const { cityCode, id, layoutId, titleId, titleName, venueName, timeZone, startsAt, seatCount, seatMapVersion } = row;
  const tiers = row.tiers as unknown as PriceTier[];
  return {
    cityCode,
    id,
    layoutId,
    titleId,
    titleName,
    venueName,
    timeZone,
    startsAt,
    tiers,
    seatCount,
    seatMapVersion,
  };
}

/** Keeps a layout that catalog published. */
export async function saveLayout(
  tx: SqlTransaction,
  { id, screenId, sections }: { id: string; screenId: string; sections: readonly LayoutSection[] },
): Promise<void> {
  const { seatCount } = new SeatLayout(id, sections);
  await tx.$executeRaw`
    INSERT INTO seat_layouts (id, screen_id, sections, seat_count)
    VALUES (${id}, ${screenId}, ${JSON.stringify(sections)}::jsonb, ${seatCount})
    ON CONFLICT (id) DO NOTHING`;
}

/**
 * Keeps the shows that catalog scheduled on one screen, by one statement.
 *
 * @throws when the layout is not here yet: its event is older, so the next attempt finds it
 */
export async function saveShows(tx: SqlTransaction, layoutId: string, shows: readonly ScheduledShow[]): Promise<void> {
  const layouts = await tx.$queryRaw<object[]>`
    WITH layout AS (SELECT seat_count FROM seat_layouts WHERE id = ${layoutId}), kept AS (
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
