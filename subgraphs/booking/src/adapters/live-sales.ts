import { toMoney } from '@marquee/money';
import { pushChannel } from '@marquee/events/push-channel';
import type { PrismaClient } from '@marquee/prisma-booking';
import { cityCodeOf } from '@marquee/subgraph/ids';
import type { Redis } from 'ioredis';

import { liveSalesChannel, type SalesChange, type ShowSales } from '../domain/live-sales.ts';
import { availabilityStatement } from './seat-counts.ts';
import type { Availability } from '../domain/show.ts';

/** Key of the advisory lock: arbitrary, and used for nothing else in this database. */
const ANNOUNCER_LOCK = 5_202_613;

/** The sales of venues that somebody watches. */
export class LiveSalesRepository {
  readonly #client: PrismaClient;
  readonly #redis: Redis;
  readonly #channels: string;

  constructor(client: PrismaClient, redis: Redis, namespace: string) {
    this.#client = client;
    this.#redis = redis;
    this.#channels = pushChannel(namespace, liveSalesChannel(''));
  }

  /** The version of the venue's latest announcement; 0 before the first. */
  async versionOf(venueId: string): Promise<number> {
    const [row] = await this.#client.$queryRaw<{ version: bigint | null }[]>`
      SELECT max(version) AS version FROM live_sales WHERE venue_id = ${venueId}`;
    return Number(row?.version ?? 0);
  }

  async changesSince(venueId: string, version: number): Promise<SalesChange[]> {
    const rows = await this.#client.$queryRaw<{ showId: string; version: bigint }[]>`
      SELECT show_id AS "showId", version FROM live_sales
      WHERE venue_id = ${venueId} AND version > ${version}::bigint ORDER BY version`;
    return rows.map((row) => ({ showId: row.showId, version: Number(row.version) }));
  }

  async salesOf(showId: string): Promise<ShowSales | null> {
    const [sales] = await this.#client.$queryRaw<{ ticketsSold: number; revenue: bigint; currency: string }[]>`
      SELECT tiers->0->'price'->>'currency' AS currency,
        (SELECT count(*)::int FROM tickets WHERE tickets.city_code = show.city_code AND tickets.show_id = show.id
          AND tickets.status IN ('ISSUED', 'CHECKED_IN')) AS "ticketsSold",
        (SELECT coalesce(sum(total - greatest(refunded, refund_requested)), 0)::bigint FROM bookings
          WHERE bookings.city_code = show.city_code AND bookings.show_id = show.id
            AND bookings.status IN ('CONFIRMED', 'PARTIALLY_CANCELLED', 'CANCELLED', 'COMPLETED')) AS revenue
      FROM shows AS show WHERE city_code = ${cityCodeOf(showId)} AND id = ${showId}`;
    const [availability] = await this.#client.$queryRaw<Availability[]>(availabilityStatement([showId]));
    if (!sales || !availability) return null;
    const { ticketsSold, revenue, currency } = sales;
    return { ticketsSold, revenue: toMoney(revenue, currency), availability };
  }

  /**
   * Announces the shows of watched venues whose seats have changed, each at most once a second, whatever the number of
   * sales and of processes. A change that is too early is found by a later run: it is the row of the show that tells.
   *
   * Nobody watches a venue whose channel has no subscriber; then nothing is read or written.
   */
  async announce(): Promise<void> {
    const channels = (await this.#redis.pubsub('CHANNELS', `${this.#channels}*`)) as string[];
    const venueIds = channels.map((channel) => channel.slice(this.#channels.length));
    if (venueIds.length === 0) return;
    await this.#client.$executeRaw`
      WITH turn AS MATERIALIZED (SELECT pg_try_advisory_xact_lock(${ANNOUNCER_LOCK}) AS is_ours), announced AS (
        INSERT INTO live_sales AS told (city_code, show_id, venue_id, version, seat_map_version, announced_at)
        SELECT city_code, id, venue_id, nextval('live_sales_version'), seat_map_version, now()
        FROM turn, shows
        WHERE is_ours AND venue_id = ANY (${venueIds}::text[]) AND starts_at > now() - interval '1 day'
          AND seat_map_version > 0 AND NOT EXISTS (SELECT FROM live_sales AS known
            WHERE known.city_code = shows.city_code AND known.show_id = shows.id
              AND (known.seat_map_version >= shows.seat_map_version OR known.announced_at > now() - interval '1 second'))
        ON CONFLICT (city_code, show_id) DO UPDATE SET version = excluded.version,
          seat_map_version = excluded.seat_map_version, announced_at = excluded.announced_at
        RETURNING show_id, venue_id, version
      )
      INSERT INTO outbox_events (id, type, key, payload)
      SELECT gen_random_uuid(), 'booking.sales-changed', venue_id,
        jsonb_build_object('showId', show_id, 'venueId', venue_id, 'version', version)
      FROM announced ORDER BY version`;
  }
}
