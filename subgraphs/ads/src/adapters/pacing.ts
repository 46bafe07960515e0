import type { SqlTransaction } from '@marquee/database';

import type { PacedCampaign, Pacing, SetPace } from '../domain/ports.ts';

/** Without a change, a pace is not younger. */
const LATE_SECONDS = 60;

/** The paces of campaigns that run. */
export class PacingRepository implements Pacing {
  readonly #sql: SqlTransaction;

  constructor(client: SqlTransaction) {
    this.#sql = client;
  }

  async running(): Promise<PacedCampaign[]> {
    return this.#sql.$queryRaw<PacedCampaign[]>`
      SELECT id, pace, allowance, paced_at AS "pacedAt",
        extract(epoch FROM now() - coalesce(paced_at, now()))::float8 AS "elapsedSeconds",
        (reserved_milli + spent_milli - paced_milli)::float8 AS "spentSince",
        (budget * 1000 - reserved_milli - spent_milli)::float8 AS "budgetLeft",
        extract(epoch FROM ends_at - now())::float8 AS "secondsToEnd",
        (daily_cap * 1000 - CASE WHEN day = today THEN day_milli ELSE 0 END)::float8 AS "dayLeft",
        extract(epoch FROM (today + 1)::timestamp AT TIME ZONE time_zone - now())::float8 AS "secondsToMidnight"
      FROM campaigns, LATERAL (SELECT (now() AT TIME ZONE time_zone)::date AS today) AS clock
      WHERE state = 'ACTIVE' AND starts_at <= now() AND ends_at > now()`;
  }

  async set(paces: readonly SetPace[]): Promise<void> {
    if (paces.length === 0) return;
    await this.#sql.$executeRaw`
      WITH next AS (
        SELECT * FROM jsonb_to_recordset(${JSON.stringify(paces)}::jsonb)
          AS next (id text, pace float8, allowance float8, "pacedAt" timestamptz)
      ), locked AS (
        SELECT campaigns.id, paced_at FROM campaigns WHERE id IN (SELECT id FROM next) ORDER BY id FOR NO KEY UPDATE
      )
      UPDATE campaigns SET pace = next.pace, allowance = next.allowance, paced_at = now(),
        paced_milli = reserved_milli + spent_milli
      FROM next JOIN locked USING (id)
      WHERE campaigns.id = next.id AND locked.paced_at IS NOT DISTINCT FROM "pacedAt"`;
  }

  /** The number of campaigns that run and were not paced for a minute. */
  async countLate(): Promise<number> {
    const [row] = await this.#sql.$queryRaw<{ late: number }[]>`
      SELECT count(*)::int AS late FROM campaigns
      WHERE state = 'ACTIVE' AND starts_at < now() - make_interval(secs => ${LATE_SECONDS}::int) AND ends_at > now()
        AND paced_at < now() - make_interval(secs => ${LATE_SECONDS}::int)`;
    return row?.late ?? 0;
  }
}
