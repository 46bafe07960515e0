import type { SqlDatabase } from '@marquee/database';
import { Prisma } from '@marquee/prisma-activity';

import { OWN_EVENTS } from '../domain/event-names.ts';
import type { FunnelQuery } from '../domain/funnel.ts';
import type { Reports } from '../domain/ports.ts';
import type { TrafficMinute } from '../domain/traffic-minute.ts';

/** Reports over sessions and counts by minute. */
export class ReportRepository implements Reports {
  readonly #client: SqlDatabase;

  constructor(client: SqlDatabase) {
    this.#client = client;
  }

  async funnel({ from, to, steps, cityCode }: FunnelQuery): Promise<number[]> {
    const rows = await this.#client.$queryRaw<{ name: string; sign: string }[]>`
      SELECT name, chr(code) AS sign FROM event_names WHERE name = ANY (${[...steps]})`;
    const signs = new Map(rows.map(({ name, sign }) => [name, sign]));
    const unknown = steps.findIndex((step) => !signs.has(step));
    const known = unknown === -1 ? steps : steps.slice(0, unknown);
    if (known.length === 0) return [];
    const patterns = known.map(
      (_step, index) =>
        `%${known
          .slice(0, index + 1)
          .map((name) => signs.get(name))
          .join('%')}%`,
    );
    return this.#count(patterns, { from, to, cityCode });
  }

  /** The visitors with a session of each pattern. A session of one has those before, too. */
  async #count(patterns: readonly string[], { from, to, cityCode }: Omit<FunnelQuery, 'steps'>): Promise<number[]> {
    const depths = patterns
      .map((pattern, index) => Prisma.sql`WHEN path LIKE ${pattern} THEN ${index + 1}::int`)
      .toReversed();
    const [first = ''] = patterns;
    const city = cityCode === null ? Prisma.empty : Prisma.sql`AND city_code = ${cityCode}`;
    return this.#client.$sqlTransaction(async (tx) => {
      await tx.$executeRaw`SELECT set_config('work_mem', '256MB', true)`;
      const rows = await tx.$queryRaw<{ depth: number; visitors: number }[]>`
        SELECT depth, count(*)::int AS visitors FROM (
          SELECT max(CASE ${Prisma.join(depths, ' ')} END) AS depth FROM sessions
          WHERE started_at >= ${from}::timestamptz AND started_at < ${to}::timestamptz AND path LIKE ${first} ${city}
          GROUP BY visitor) AS reached
        GROUP BY depth`;
      return patterns.map((_pattern, index) =>
        rows.filter(({ depth }) => depth > index).reduce((sum, { visitors }) => sum + visitors, 0),
      );
    });
  }

  async traffic(minutes: number): Promise<TrafficMinute[]> {
    return this.#client.$queryRaw<TrafficMinute[]>`
      WITH minutes AS (
        SELECT minute FROM date_trunc('minute', clock_timestamp()) AS present, LATERAL
          generate_series(present - make_interval(mins => ${minutes - 1}::int), present, interval '1 minute') AS minute
      )
      SELECT minute, visitors, coalesce(bookings, 0) AS bookings, coalesce(suspicious, 0) AS suspicious FROM minutes
      CROSS JOIN LATERAL (
        SELECT count(*)::int AS visitors FROM minute_visitors WHERE minute_visitors.minute = minutes.minute
      ) AS seen
      CROSS JOIN LATERAL (
        SELECT (sum(events) FILTER (WHERE name = ${OWN_EVENTS.BOOKING_CONFIRMED}))::int AS bookings,
          sum(suspicious)::int AS suspicious
        FROM event_minutes WHERE event_minutes.minute = minutes.minute
      ) AS counted
      ORDER BY minute`;
  }
}
