import type { SqlTransaction } from '@marquee/database';

import type { Seen } from '../domain/ad-event.ts';

/** How long after its placement a click counts, in hours. */
const CLICK_HOURS = 24;

/** The course of placements once they are made, in a transaction of the inbox: two statements, however many events. */
export class AdEventRepository {
  readonly #tx: SqlTransaction;

  constructor(tx: SqlTransaction) {
    this.#tx = tx;
  }

  /**
   * Counts impressions and clicks, each once, in whatever order they come. A click counts with its impression only.
   *
   * An impression settles its reservation. One that was released before the event came costs what its campaign can still pay
   * of the budget and of the same day's cap, or else nothing.
   */
  async record(seen: readonly Seen[]): Promise<void> {
    if (seen.length === 0) return;
    await lockCampaignsOf(
      this.#tx,
      seen.map(({ id }) => id),
    );
    await this.#tx.$executeRaw`
      WITH seen AS (
        SELECT * FROM jsonb_to_recordset(${JSON.stringify(seen)}::jsonb)
          AS seen (id uuid, "impressionAt" timestamptz, "clickAt" timestamptz)
      ), due AS (
        SELECT placement.*, coalesce("impressionAt" < expires_at, false) AND status <> 'COUNTED' AS counts, "impressionAt",
          CASE WHEN "clickAt" < placed_at + make_interval(hours => ${CLICK_HOURS}::int) THEN "clickAt" END AS "clickAt"
        FROM placements AS placement JOIN seen USING (id)
      ), late AS (
        SELECT due.id, sum(price_milli) OVER (PARTITION BY campaign_id ORDER BY due.id) AS upto, due.day = campaign.day AS today,
          budget * 1000 - reserved_milli - spent_milli AS budget_left, daily_cap * 1000 - day_milli AS day_left, daily_cap
        FROM due JOIN campaigns AS campaign ON campaign.id = campaign_id WHERE counts AND status = 'RELEASED'
      ), course AS (
        SELECT due.*, status = 'RESERVED' AND counts AS settles,
          CASE WHEN NOT counts THEN 0 WHEN status = 'RESERVED' THEN price_milli
            WHEN upto <= budget_left AND (daily_cap IS NULL OR (today AND upto <= day_left)) THEN price_milli ELSE 0 END AS costs,
          (click_at IS NULL AND "clickAt" IS NOT NULL AND (counts OR status = 'COUNTED'))
            OR (click_at IS NOT NULL AND counts) AS clicks
        FROM due LEFT JOIN late USING (id)
      ), changed AS (
        UPDATE placements AS placement SET click_at = coalesce(placement.click_at, "clickAt"),
          status = CASE WHEN counts THEN 'COUNTED' ELSE placement.status END,
          impression_at = CASE WHEN counts THEN "impressionAt" ELSE placement.impression_at END,
          viewer_key = CASE WHEN counts THEN NULL ELSE placement.viewer_key END,
          charged_milli = CASE WHEN counts THEN costs ELSE placement.charged_milli END
        FROM course WHERE placement.id = course.id
      ), sums AS (
        SELECT campaign_id, day, sum(costs) AS cost, coalesce(sum(price_milli) FILTER (WHERE settles), 0) AS reserved,
          coalesce(sum(costs) FILTER (WHERE NOT settles), 0) AS late, count(*) FILTER (WHERE counts) AS seen,
          count(*) FILTER (WHERE clicks) AS followed
        FROM course GROUP BY campaign_id, day HAVING bool_or(counts OR clicks)
      ), days AS (
        INSERT INTO campaign_days AS day (campaign_id, day, spent_milli, impressions, clicks)
        SELECT campaign_id, day, cost, seen, followed FROM sums
        ON CONFLICT (campaign_id, day) DO UPDATE SET spent_milli = day.spent_milli + excluded.spent_milli,
          impressions = day.impressions + excluded.impressions, clicks = day.clicks + excluded.clicks
      )
      UPDATE campaigns SET reserved_milli = reserved_milli - reserved, spent_milli = spent_milli + cost,
        day_milli = day_milli + late, impressions = impressions + seen, clicks = clicks + followed
      FROM (SELECT campaign_id, sum(cost) AS cost, sum(reserved) AS reserved, sum(seen) AS seen, sum(followed) AS followed,
        (SELECT coalesce(sum(same.late), 0) FROM sums AS same JOIN campaigns AS campaign ON campaign.id = same.campaign_id
          WHERE same.campaign_id = sums.campaign_id AND same.day = campaign.day) AS late
        FROM sums GROUP BY campaign_id) AS all_days
      WHERE campaigns.id = campaign_id`;
  }
}

/**
 * Locks the campaigns of placements by their ids. Whatever changes placements does so first, so no two wait for each other in
 * a circle, and the next statement reads the placements as they stay.
 */
export async function lockCampaignsOf(tx: SqlTransaction, placementIds: readonly string[]): Promise<void> {
  await tx.$queryRaw`
    SELECT FROM campaigns WHERE id IN (SELECT campaign_id FROM placements WHERE id = ANY (${[...placementIds]}::uuid[]))
    ORDER BY id FOR NO KEY UPDATE`;
}
