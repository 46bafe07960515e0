import type { SqlDatabase } from '@marquee/database';

import { lockCampaignsOf } from './ad-events.ts';

/** How long after its time an impression may come from activity before its reservation is released, in minutes. */
const GRACE_MINUTES = 5;
const AT_ONCE = 1_000;
/** How long placements are kept, in days. What a campaign got for its money stays with its days. */
const KEPT_DAYS = 90;
/** How long it is kept how often somebody was shown a campaign. Some time zone's today is another's yesterday. */
const VIEWS_KEPT_DAYS = 2;

/** Placements whose impression did not come. */
export class UnseenPlacementRepository {
  readonly #client: SqlDatabase;

  constructor(client: SqlDatabase) {
    this.#client = client;
  }

  /** Gives back what is reserved for placements whose time is over, and that their viewers were shown them. */
  async release(): Promise<void> {
    for (;;) {
      const due = await this.#client.$queryRaw<{ id: string }[]>`
        SELECT id FROM placements
        WHERE status = 'RESERVED' AND expires_at < now() - make_interval(mins => ${GRACE_MINUTES}::int)
        ORDER BY expires_at LIMIT ${AT_ONCE}`;
      if (due.length > 0) await this.#release(due.map(({ id }) => id));
      if (due.length < AT_ONCE) return;
    }
  }

  /** The number of placements that are due to be released. */
  async count(): Promise<number> {
    const [row] = await this.#client.$queryRaw<{ due: number }[]>`
      SELECT count(*)::int AS due FROM placements
      WHERE status = 'RESERVED' AND expires_at < now() - make_interval(mins => ${GRACE_MINUTES}::int)`;
    return row?.due ?? 0;
  }

  /** Deletes what is decided and old, and how often people were shown campaigns on days that are over. */
  async deleteOld(): Promise<void> {
    await this.#client.$executeRaw`
      DELETE FROM placements WHERE status <> 'RESERVED' AND placed_at < now() - make_interval(days => ${KEPT_DAYS}::int)`;
    await this.#client.$executeRaw`DELETE FROM campaign_views WHERE day < current_date - ${VIEWS_KEPT_DAYS}::int`;
  }

  #release(ids: readonly string[]): Promise<unknown> {
    return this.#client.$sqlTransaction(async (tx) => {
      await lockCampaignsOf(tx, ids);
      return tx.$executeRaw`
        WITH unseen AS (
          SELECT id, campaign_id, day, viewer_key, price_milli FROM placements
          WHERE id = ANY (${[...ids]}::uuid[]) AND status = 'RESERVED'
        ), released AS (
          UPDATE placements SET status = 'RELEASED', viewer_key = NULL FROM unseen WHERE placements.id = unseen.id
        ), views AS (
          UPDATE campaign_views AS view SET shown = shown - times
          FROM (SELECT viewer_key, campaign_id, day, count(*)::int AS times FROM unseen GROUP BY 1, 2, 3) AS unshown
          WHERE view.viewer_key = unshown.viewer_key AND view.campaign_id = unshown.campaign_id AND view.day = unshown.day
        )
        UPDATE campaigns SET reserved_milli = reserved_milli - given_back, day_milli = day_milli - today
        FROM (SELECT campaign_id, sum(price_milli) AS given_back,
          coalesce(sum(price_milli) FILTER (WHERE unseen.day = campaign.day), 0) AS today
          FROM unseen JOIN campaigns AS campaign ON campaign.id = campaign_id GROUP BY campaign_id) AS sums
        WHERE campaigns.id = campaign_id`;
    });
  }
}
