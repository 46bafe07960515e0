import type { PrismaClient } from '@marquee/prisma-booking';

import type { SeatStatus, TakenSeats } from '../domain/seat-map.ts';
import type { Availability, PriceTier, Show } from '../domain/show.ts';
import type { Shows } from '../domain/shows.ts';
import { cityKeys } from './city-keys.ts';

type ShowRow = Awaited<ReturnType<PrismaClient['show']['findMany']>>[number];

interface AvailabilityRow {
  readonly id: string;
  readonly total: number;
  readonly held: number;
  readonly sold: number;
  readonly blocked: number;
}

/** Shows and the status of their seats. */
export class ShowRepository implements Shows {
  readonly #client: PrismaClient;

  constructor(client: PrismaClient) {
    this.#client = client;
  }

  async find(id: string): Promise<Show | null> {
    const [show] = await this.findMany([id]);
    return show ?? null;
  }

  async findMany(ids: readonly string[]): Promise<Show[]> {
    const keys = cityKeys(ids);
    if (keys.id.in.length === 0) return [];
    const rows = await this.#client.show.findMany({ where: keys });
    return rows.map(showOf);
  }

  async taken({ cityCode, id }: Show): Promise<TakenSeats> {
    const rows = await this.#client.$queryRaw<{ seat_id: string; status: Exclude<SeatStatus, 'AVAILABLE'> }[]>`
      SELECT seat_id, CASE WHEN state IN ('SOLD', 'BLOCKED') THEN state::text ELSE 'HELD' END AS status
      FROM seat_claims
      WHERE city_code = ${cityCode} AND show_id = ${id} AND (expires_at IS NULL OR expires_at > now())`;
    return new Map(rows.map(({ seat_id, status }) => [seat_id, status]));
  }

  async availability(ids: readonly string[]): Promise<Map<string, Availability>> {
    const { cityCode, id } = cityKeys(ids);
    if (id.in.length === 0) return new Map();
    const rows = await this.#client.$queryRaw<AvailabilityRow[]>`
      SELECT shows.id, seat_count AS total,
        count(*) FILTER (WHERE state IN ('HELD', 'PENDING') AND claim.expires_at > now())::int AS held,
        count(*) FILTER (WHERE state = 'SOLD')::int AS sold,
        count(*) FILTER (WHERE state = 'BLOCKED')::int AS blocked
      FROM shows LEFT JOIN seat_claims AS claim ON claim.city_code = shows.city_code AND claim.show_id = shows.id
      WHERE shows.city_code = ANY (${cityCode.in}) AND shows.id = ANY (${id.in})
      GROUP BY shows.city_code, shows.id`;
    return new Map(rows.map((row) => [row.id, availabilityOf(row)]));
  }
}

const showOf = ({ tiers, ...show }: ShowRow): Show => ({ ...show, tiers: tiers as unknown as PriceTier[] });

function availabilityOf({ total, held, sold, blocked }: AvailabilityRow): Availability {
  return { total, held, sold, available: total - held - sold - blocked };
}
