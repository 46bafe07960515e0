import { type Sql, sql, type SqlTransaction } from '@marquee/database';

/** A pause after which a click follows no other. */
const PAUSE_MS = 600_000;
/** Clicks at one moment say nothing of a pace: a page makes them at once, or a client stamps a batch with one time. */
const TOGETHER_MS = 20;
/** Faster than people read and click. */
const FAST_MS = 250;
/** Clicks that an hour has to have before their pace says anything. */
const ENOUGH = 30;
const MOST_AN_HOUR = 1_500;
/** Ads that somebody can look at in an hour, and all behind one address in a day; more would drain a rival's budget. */
const MOST_ADS_AN_HOUR = 300;
const MOST_ADS_OF_A_NETWORK = 5_000;
/**
 * Everything else that all behind one address do in a day: a thousand people of an office, or of a carrier's address, look at
 * twenty pages each. More would buy a title's popularity.
 */
const MOST_CLICKS_OF_A_NETWORK = 20_000;

/** The pace of an hour's clicks beside the pauses between them: 0 like a clock, about 1 and more like a person. */
export const unevenness = (gaps: Sql, sum: Sql, squares: Sql): Sql => sql`
  sqrt(greatest(0, ${squares} / ${gaps} - (${sum} / ${gaps}) * (${sum} / ${gaps}))) / nullif(${sum} / ${gaps}, 0)`;

const HOUR = unevenness(sql`gaps`, sql`gap_sum`, sql`gap_squares`);

/** A network's name among those who click. Its days are those of receipt: what devices claim would give it eight. */
const NETWORK = sql`'network:' || network`;

/**
 * Counts the pace of the fresh events, links people to devices and networks, and marks as suspicious what is of somebody
 * who clicks like a machine, for a day.
 */
export async function judgeClicks(tx: SqlTransaction): Promise<void> {
  await noteClicks(tx);
  await tx.$executeRaw`
    UPDATE fresh_events AS event SET suspicious = true FROM (
      SELECT visitor, user_id, network, min(at) AS at FROM fresh_events WHERE NOT suspicious GROUP BY 1, 2, 3) AS clicker
    WHERE event.visitor = clicker.visitor AND event.user_id IS NOT DISTINCT FROM clicker.user_id
      AND event.network IS NOT DISTINCT FROM clicker.network AND EXISTS (
        SELECT FROM suspects WHERE coalesce(until, 'infinity') > clicker.at
          AND actor_id IN (clicker.user_id, clicker.visitor::text, 'network:' || clicker.network))`;
}

async function noteClicks(tx: SqlTransaction): Promise<void> {
  await tx.$executeRaw`
    WITH loaded AS MATERIALIZED (
      SELECT coalesce(user_id, visitor::text) COLLATE "C" AS actor_id, user_id, network, device, name, at,
        date_trunc('hour', at) AS hour, received_at
      FROM fresh_events WHERE network IS NOT NULL
    ), clicked AS (
      SELECT actor_id, hour, at, extract(epoch FROM at - coalesce(
        lag(at) OVER (PARTITION BY actor_id, hour ORDER BY at), known.last_at)) * 1000 AS gap
      FROM loaded LEFT JOIN risk_clicks AS known USING (actor_id, hour) WHERE name <> 'ad_impression'
    ), paced AS (
      SELECT actor_id, hour, count(*) AS clicks, max(at) AS last_at, count(gap) AS gaps, coalesce(sum(gap), 0) AS gap_sum,
        coalesce(sum(gap * gap), 0) AS gap_squares, count(*) FILTER (WHERE gap < ${FAST_MS}::int) AS fast
      FROM (SELECT actor_id, hour, at, CASE WHEN gap BETWEEN ${TOGETHER_MS}::int AND ${PAUSE_MS}::int THEN gap END AS gap FROM clicked) AS near
      GROUP BY 1, 2
    ), of_ads AS (
      SELECT actor_id, hour, max(at) AS last_at, count(*) FILTER (WHERE name = 'ad_impression') AS impressions,
        count(*) FILTER (WHERE name = 'ad_click') AS clicks
      FROM loaded WHERE name IN ('ad_impression', 'ad_click') GROUP BY 1, 2
    ), of_networks AS (
      SELECT ${NETWORK} AS actor_id, date_trunc('day', received_at) AS hour, max(received_at) AS last_at,
        count(*) FILTER (WHERE name NOT IN ('ad_impression', 'ad_click')) AS clicks,
        count(*) FILTER (WHERE name = 'ad_impression') AS impressions, count(*) FILTER (WHERE name = 'ad_click') AS ad_clicks
      FROM loaded GROUP BY network, 2
    ), counted AS (
      INSERT INTO risk_clicks AS known (actor_id, hour, clicks, ad_impressions, ad_clicks, gaps, gap_sum, gap_squares, fast,
        last_at)
      SELECT actor_id, hour, coalesce(paced.clicks, 0), coalesce(impressions, 0), coalesce(of_ads.clicks, 0),
        coalesce(gaps, 0), coalesce(gap_sum, 0), coalesce(gap_squares, 0), coalesce(fast, 0),
        greatest(paced.last_at, of_ads.last_at)
      FROM paced FULL JOIN of_ads USING (actor_id, hour)
      UNION ALL SELECT actor_id, hour, clicks, impressions, ad_clicks, 0, 0, 0, 0, last_at FROM of_networks
      ORDER BY actor_id, hour
      ON CONFLICT (actor_id, hour) DO UPDATE SET clicks = known.clicks + excluded.clicks,
        ad_impressions = known.ad_impressions + excluded.ad_impressions, ad_clicks = known.ad_clicks + excluded.ad_clicks,
        gaps = known.gaps + excluded.gaps, gap_sum = known.gap_sum + excluded.gap_sum,
        gap_squares = known.gap_squares + excluded.gap_squares, fast = known.fast + excluded.fast,
        last_at = greatest(known.last_at, excluded.last_at)
      RETURNING *
    ), suspect AS (
      SELECT actor_id, max(last_at) + interval '1 day' AS until, min(CASE
        WHEN actor_id LIKE 'network:%' THEN CASE
          WHEN ad_impressions > ${MOST_ADS_OF_A_NETWORK}::int THEN 'MANY_ADS'
          WHEN clicks > ${MOST_CLICKS_OF_A_NETWORK}::int THEN 'MANY_CLICKS'
          WHEN ad_clicks >= 15 AND ad_clicks > 0.4 * ad_impressions THEN 'AD_CLICKS' END
        WHEN ad_impressions > ${MOST_ADS_AN_HOUR}::int THEN 'MANY_ADS'
        WHEN gaps >= ${ENOUGH}::int AND fast > 0.5 * gaps THEN 'FAST_CLICKS'
        WHEN gaps >= ${ENOUGH}::int AND ${HOUR} < 0.2 THEN 'REGULAR_CLICKS'
        WHEN clicks > ${MOST_AN_HOUR}::int THEN 'MANY_CLICKS'
        WHEN ad_clicks >= 4 AND ad_clicks > 0.5 * ad_impressions THEN 'AD_CLICKS' END) AS reason
      FROM counted GROUP BY actor_id
    ), marked AS (
      INSERT INTO suspects AS known (actor_id, reason, until)
      SELECT actor_id, reason, until FROM suspect WHERE reason IS NOT NULL ORDER BY actor_id
      ON CONFLICT (actor_id) DO UPDATE SET reason = excluded.reason, until = greatest(known.until, excluded.until)
        WHERE known.until < excluded.until - interval '1 hour'
    ), linked AS (
      INSERT INTO risk_links AS known (kind, key, user_id, first_at, last_at)
      SELECT kind, key, user_id, min(at), max(at) FROM (
        SELECT 'DEVICE' AS kind, device::text AS key, user_id, at FROM loaded
        UNION ALL SELECT 'NETWORK', network::text, user_id, at FROM loaded) AS seen
      WHERE user_id IS NOT NULL AND key IS NOT NULL GROUP BY 1, 2, 3 ORDER BY 1, 2, 3
      ON CONFLICT (kind, key, user_id) DO UPDATE SET last_at = excluded.last_at
        WHERE known.last_at < excluded.last_at - interval '10 minutes'
      RETURNING user_id, xmax = 0 AS is_new
    )
    INSERT INTO risk_due (user_id)
    SELECT user_id FROM linked WHERE is_new
    UNION SELECT DISTINCT user_id FROM loaded JOIN suspect USING (actor_id) WHERE reason IS NOT NULL AND user_id IS NOT NULL`;
}
