import { type Sql, sql } from '@marquee/database';
import { toMoney } from '@marquee/money';

import type { Campaign } from '../domain/campaign.ts';
import type { NewCampaign } from '../domain/ports.ts';

type Numbers = 'spentMilli' | 'impressions' | 'clicks';

/** A row of `campaigns` as raw statements return it. */
export interface CampaignRow
  extends Omit<Campaign, 'budget' | 'dailyCap' | 'bidPerThousand' | Numbers>, Readonly<Record<Numbers, bigint>> {
  readonly currency: string;
  readonly budget: bigint;
  readonly dailyCap: bigint | null;
  readonly bidPerThousand: bigint;
}

export const CAMPAIGN_COLUMNS: Sql = sql`id, organisation_id AS "organisationId", name, title_id AS "titleId", headline,
  image_url AS "imageUrl", city_ids AS "cityIds", currency, budget, daily_cap AS "dailyCap",
  bid_per_thousand AS "bidPerThousand", frequency_cap AS "frequencyCap", time_zone AS "timeZone", starts_at AS "startsAt",
  ends_at AS "endsAt", state::text, created_at AS "createdAt", spent_milli AS "spentMilli", impressions, clicks,
  now() AS "readAt"`;

export function toCampaign(row: CampaignRow): Campaign {
  const { currency, budget, dailyCap, bidPerThousand, spentMilli, impressions, clicks, ...rest } = row;
  return {
    ...rest,
    budget: toMoney(budget, currency),
    dailyCap: dailyCap === null ? null : toMoney(dailyCap, currency),
    bidPerThousand: toMoney(bidPerThousand, currency),
    ...{ spentMilli: Number(spentMilli), impressions: Number(impressions), clicks: Number(clicks) },
  };
}

/** Postgres refuses a time zone that it does not know, so no row has one. */
export function campaignInsert(campaign: NewCampaign): Sql {
  const { id, budget, dailyCap, bidPerThousand, ...rest } = campaign;
  return sql`
    INSERT INTO campaigns (id, organisation_id, name, title_id, headline, image_url, city_ids, currency, budget, daily_cap,
      bid_per_thousand, frequency_cap, time_zone, starts_at, ends_at, state, created_by, created_at, day)
    VALUES (${id}, ${rest.organisationId}, ${rest.name}, ${rest.titleId}, ${rest.headline}, ${rest.imageUrl},
      ${rest.cityIds}::text[], ${bidPerThousand.currency}, ${budget.amount}::bigint, ${dailyCap?.amount ?? null}::bigint,
      ${bidPerThousand.amount}::bigint, ${rest.frequencyCap}::int, ${rest.timeZone}, ${rest.startsAt}::timestamptz,
      ${rest.endsAt}::timestamptz, 'DRAFT', ${rest.createdBy}, ${rest.createdAt}::timestamptz,
      (now() AT TIME ZONE ${rest.timeZone})::date)
    ON CONFLICT DO NOTHING`;
}
