import type { PrismaClient } from '@marquee/prisma-booking';
import { LRUCache } from 'lru-cache';

import type { Shows } from '../domain/ports.ts';
import { type LayoutSection, SeatLayout } from '../domain/seat-layout.ts';
import type { SeatStatus, TakenSeats } from '../domain/seat-map.ts';
import type { Availability, PriceTier, Show } from '../domain/show.ts';
import { cityKeys } from './city-keys.ts';

const MAX_CACHED_LAYOUTS = 500;

/** Shows, their layouts and the status of their seats. */
export class ShowRepository implements Shows {
  readonly #client: PrismaClient;
  /** Layouts never change. */
  readonly #layouts = new LRUCache<string, SeatLayout>({ max: MAX_CACHED_LAYOUTS });

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
    return rows.map(({ tiers, ...show }) => ({ ...show, tiers: tiers as unknown as PriceTier[] }));
  }

  async layout({ layoutId: id }: Show): Promise<SeatLayout> {
    const cached = this.#layouts.get(id);
    if (cached) return cached;
    const { sections } = await this.#client.seatLayout.findUniqueOrThrow({ where: { id } });
    const layout = new SeatLayout(id, sections as unknown as LayoutSection[]);
    this.#layouts.set(id, layout);
    return layout;
  }

  async taken({ cityCode, id }: Show): Promise<TakenSeats> {
    const rows = await this.#client.$queryRaw<{ seat_id: string; status: Exclude<SeatStatus, 'AVAILABLE'> }[]>`
      SELECT seat_id, CASE WHEN state IN ('SOLD', 'BLOCKED') THEN state::text ELSE 'HELD' END AS status
      FROM seat_claims
      WHERE city_code = ${cityCode} AND show_id = ${id} AND (expires_at IS NULL OR expires_at > now())`;
    return new Map(rows.map(({ seat_id, status }) => [seat_id, status]));
  }

  /** Counts the seats of these shows, in any order; unknown ids are left out. */
  async availability(ids: readonly string[]): Promise<Availability[]> {
    const { cityCode, id } = cityKeys(ids);
    if (id.in.length === 0) return [];
    const rows = await this.#client.$queryRaw<(Omit<Availability, 'available'> & { readonly blocked: number })[]>`
      SELECT shows.id AS "showId", seat_count AS total,
        count(*) FILTER (WHERE state IN ('HELD', 'PENDING') AND claim.expires_at > now())::int AS held,
        count(*) FILTER (WHERE state = 'SOLD')::int AS sold,
        count(*) FILTER (WHERE state = 'BLOCKED')::int AS blocked
      FROM shows LEFT JOIN seat_claims AS claim ON claim.city_code = shows.city_code AND claim.show_id = shows.id
      WHERE shows.city_code = ANY (${cityCode.in}) AND shows.id = ANY (${id.in})
      GROUP BY shows.city_code, shows.id`;
    return rows.map(({ blocked, ...row }) => ({ ...row, available: row.total - row.held - row.sold - blocked }));
  }
}
