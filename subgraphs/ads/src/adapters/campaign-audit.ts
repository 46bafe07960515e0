import { type Sql, sql, type SqlTransaction } from '@marquee/database';

interface Check {
  readonly rule: string;
  /** Selects what breaks it. */
  readonly broken: Sql;
}

/** Placements of days of which none is deleted yet. */
const RECENT = sql`day > current_date - 80`;

const CHECKS: readonly Check[] = [
  {
    rule: 'a day has the impressions, clicks and cost of its placements',
    broken: sql`
      SELECT coalesce(told.campaign_id, raw.campaign_id) || ' on ' || coalesce(told.day, raw.day) AS what,
        concat_ws(', ', coalesce(raw.seen, 0), coalesce(raw.followed, 0), coalesce(raw.cost, 0)) AS expected,
        concat_ws(', ', coalesce(told.impressions, 0), coalesce(told.clicks, 0), coalesce(told.spent_milli, 0)) AS found
      FROM (SELECT * FROM campaign_days WHERE ${RECENT}) AS told FULL JOIN (
        SELECT campaign_id, day, count(*) AS seen, count(click_at) AS followed, sum(charged_milli) AS cost
        FROM placements WHERE status = 'COUNTED' AND ${RECENT} GROUP BY campaign_id, day) AS raw USING (campaign_id, day)
      WHERE (coalesce(told.impressions, 0), coalesce(told.clicks, 0), coalesce(told.spent_milli, 0))
        <> (coalesce(raw.seen, 0), coalesce(raw.followed, 0), coalesce(raw.cost, 0))`,
  },
  {
    rule: 'a campaign has the impressions, clicks and cost of its days',
    broken: sql`
      SELECT id AS what, concat_ws(', ', coalesce(sum(day.impressions), 0), coalesce(sum(day.clicks), 0),
          coalesce(sum(day.spent_milli), 0)) AS expected,
        concat_ws(', ', campaign.impressions, campaign.clicks, campaign.spent_milli) AS found
      FROM campaigns AS campaign LEFT JOIN campaign_days AS day ON campaign_id = id GROUP BY id
      HAVING (coalesce(sum(day.impressions), 0), coalesce(sum(day.clicks), 0), coalesce(sum(day.spent_milli), 0))
        <> (campaign.impressions, campaign.clicks, campaign.spent_milli)`,
  },
  {
    rule: 'what is reserved is the cost of the placements that await their impression',
    broken: sql`
      SELECT id AS what, coalesce(sum(price), 0)::text AS expected, reserved_milli::text AS found
      FROM campaigns LEFT JOIN (SELECT campaign_id, sum(price_milli) AS price FROM placements WHERE status = 'RESERVED'
        GROUP BY campaign_id) AS waiting ON campaign_id = id
      GROUP BY id HAVING coalesce(sum(price), 0) <> reserved_milli`,
  },
  {
    rule: 'no day costs more than the daily cap',
    broken: sql`
      SELECT campaign_id || ' on ' || campaign_days.day AS what, (daily_cap * 1000)::text AS expected,
        campaign_days.spent_milli::text AS found
      FROM campaign_days JOIN campaigns ON id = campaign_id WHERE campaign_days.spent_milli > daily_cap * 1000`,
  },
  {
    rule: 'what is settled is the sum of the settlements',
    broken: sql`
      SELECT campaign.id AS what, coalesce(sum(amount), 0)::text AS expected, settled::text AS found
      FROM campaigns AS campaign LEFT JOIN settlements ON campaign_id = campaign.id
      GROUP BY campaign.id HAVING coalesce(sum(amount), 0) <> settled`,
  },
];

/** Recounts campaigns; yields a line for each that differs. @returns the number of placements */
export async function* auditCampaigns(client: Pick<SqlTransaction, '$queryRaw'>): AsyncGenerator<string, number> {
  for (const { rule, broken } of CHECKS) {
    const findings = await client.$queryRaw<{ what: string; expected: string; found: string }[]>`
      SELECT * FROM (${broken}) AS broken ORDER BY what LIMIT 100`;
    for (const { what, expected, found } of findings) yield `${rule}: ${what} has ${found}, not ${expected}`;
  }
  const [row] = await client.$queryRaw<{ placements: number }[]>`SELECT count(*)::int AS placements FROM placements`;
  return row?.placements ?? 0;
}
