import { type SqlTransaction } from '@marquee/database';

import type { NewPlacement, Placements } from '../domain/ports.ts';

/** Places that campaigns have won. What they cost is reserved in the statement that writes them. */
export class PlacementRepository implements Placements {
  readonly #sql: SqlTransaction;
  readonly #validMinutes: number;

  /** @param validMinutes after which an impression does not count any more */
  constructor(client: SqlTransaction, validMinutes: number) {
    this.#sql = client;
    this.#validMinutes = validMinutes;
  }

  async capped(viewerKeys: readonly string[]): Promise<ReadonlyMap<string, ReadonlySet<string>>> {
    const rows = await this.#sql.$queryRaw<{ viewerKey: string; campaignIds: string[] }[]>`
      SELECT viewer_key AS "viewerKey", array_agg(campaign_id) AS "campaignIds"
      FROM campaign_views AS view JOIN campaigns ON campaigns.id = campaign_id
      WHERE viewer_key = ANY (${[...viewerKeys]}::text[]) AND view.day = (now() AT TIME ZONE time_zone)::date
        AND shown >= view.frequency_cap
      GROUP BY viewer_key`;
    return new Map(rows.map(({ viewerKey, campaignIds }) => [viewerKey, new Set(campaignIds)]));
  }

  /**
   * Campaigns are locked by id, as everywhere, and read as they are then: what they can pay is known whoever else reserves.
   * Constraints of the table hold the budget and the daily cap beside that.
   *
   * @param placements of a viewer and campaign one at most
   */
  async reserve(placements: readonly NewPlacement[]): Promise<ReadonlySet<string>> {
    if (placements.length === 0) return new Set();
    const rows = await this.#sql.$queryRaw<{ id: string }[]>`
      WITH won AS (
        SELECT * FROM jsonb_to_recordset(${JSON.stringify(placements)}::jsonb)
          AS won (id uuid, "campaignId" text, "viewerKey" text, "priceMilli" bigint)
      ), locked AS (
        SELECT id AS campaign_id, budget * 1000 - reserved_milli - spent_milli AS budget_left, daily_cap * 1000 AS cap,
          day, day_milli, frequency_cap, (now() AT TIME ZONE time_zone)::date AS today
        FROM campaigns
        WHERE id IN (SELECT "campaignId" FROM won) AND state = 'ACTIVE' AND starts_at <= now() AND ends_at > now()
        ORDER BY id FOR NO KEY UPDATE
      ), summed AS (
        SELECT won.id, "viewerKey", "priceMilli", locked.*,
          sum("priceMilli") OVER (PARTITION BY campaign_id ORDER BY won.id) AS upto
        FROM won JOIN locked ON campaign_id = "campaignId"
      ), payable AS (
        SELECT * FROM summed
        WHERE upto <= budget_left AND (cap IS NULL OR upto + CASE WHEN day = today THEN day_milli ELSE 0 END <= cap)
      ), shown AS (
        INSERT INTO campaign_views AS view (viewer_key, campaign_id, day, shown, frequency_cap)
        SELECT "viewerKey", campaign_id, today, 1, frequency_cap FROM payable WHERE frequency_cap IS NOT NULL
        ON CONFLICT (viewer_key, campaign_id, day) DO UPDATE SET shown = view.shown + 1
        WHERE view.shown < view.frequency_cap
        RETURNING viewer_key, campaign_id
      ), placed AS (
        SELECT payable.* FROM payable LEFT JOIN shown
          ON shown.viewer_key = "viewerKey" AND shown.campaign_id = payable.campaign_id
        WHERE frequency_cap IS NULL OR shown.viewer_key IS NOT NULL
      ), reserved AS (
        UPDATE campaigns SET reserved_milli = reserved_milli + cost, day = today,
          day_milli = cost + CASE WHEN campaigns.day = today THEN campaigns.day_milli ELSE 0 END
        FROM (SELECT campaign_id, today, sum("priceMilli") AS cost FROM placed GROUP BY campaign_id, today) AS costs
        WHERE campaigns.id = campaign_id
      )
      INSERT INTO placements (id, campaign_id, day, price_milli, viewer_key, status, placed_at, expires_at)
      SELECT id, campaign_id, today, "priceMilli", "viewerKey", 'RESERVED', now(),
        now() + make_interval(mins => ${this.#validMinutes}::int)
      FROM placed RETURNING id`;
    return new Set(rows.map(({ id }) => id));
  }
}
