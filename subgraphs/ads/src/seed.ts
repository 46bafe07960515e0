import { connect, type SqlTransaction } from '@marquee/database';
import type { Money } from '@marquee/money';
import { PrismaClient } from '@marquee/prisma-ads';

import { campaignInsert } from './adapters/campaign-row.ts';
import type { CampaignState } from './domain/campaign.ts';

const DAY_MS = 86_400_000;
/** Days of impressions before the seed. */
const FORTNIGHT = 14;
const [PARTNER, ADVERTISER] = ['partner', 'advertiser'] as const;

interface SeededCampaign {
  readonly owner: typeof PARTNER | typeof ADVERTISER;
  readonly name: string;
  readonly film: string;
  readonly headline: string;
  readonly budget: Money;
  readonly dailyCap?: Money;
  readonly bid: number;
  readonly cityIds?: readonly string[];
  readonly frequencyCap?: number;
  /** Counted from the day of the seed. */
  readonly days: readonly [from: number, to: number];
  readonly state: CampaignState;
  /** Impressions of each day of the past fortnight that it ran, and what one cost, in thousandths of a minor unit. */
  readonly past?: { readonly daily: number; readonly milli: number };
}

const eur = (amount: number) => ({ amount, currency: 'EUR' });
const gbp = (amount: number) => ({ amount, currency: 'GBP' });

/** Campaigns as two organisations have them: running, to be started, paused, used up and over. */
const CAMPAIGNS: readonly SeededCampaign[] = [
  {
    ...{
      owner: ADVERTISER,
      name: 'Inception in winter',
      film: 'inception-2010',
      headline: 'Dream again, on the big screen',
    },
    ...{ budget: eur(250_000), dailyCap: eur(20_000), bid: 900, frequencyCap: 20 },
    ...{ days: [-20, 60], state: 'ACTIVE', past: { daily: 120, milli: 640 } },
  },
  {
    ...{
      owner: PARTNER,
      name: 'Fargo for the cold days',
      film: 'fargo-1996',
      headline: 'A lot can happen in the middle of nowhere',
    },
    ...{ budget: gbp(120_000), bid: 560, frequencyCap: 20 },
    ...{ days: [-14, 45], state: 'ACTIVE', past: { daily: 80, milli: 410 } },
  },
  {
    ...{ owner: ADVERTISER, name: 'Amélie in the capitals', film: 'le-fabuleux-destin-d-amelie-poulain-2001' },
    ...{ headline: 'She will change your life', budget: eur(80_000), bid: 1_200 },
    ...{ cityIds: ['cty_par', 'cty_ber', 'cty_lon'], days: [-6, 20], state: 'PAUSED', past: { daily: 60, milli: 900 } },
  },
  {
    ...{ owner: PARTNER, name: 'Gladiator, one week', film: 'gladiator-2000', headline: 'Are you not entertained?' },
    ...{ budget: gbp(60), bid: 300, days: [-9, 10], state: 'ACTIVE', past: { daily: 50, milli: 200 } },
  },
  {
    ...{ owner: PARTNER, name: 'Autumn of the Matrix', film: 'the-matrix-1999', headline: 'Take the red pill' },
    ...{ budget: gbp(40_000), bid: 480, days: [-13, -2], state: 'ACTIVE', past: { daily: 70, milli: 350 } },
  },
  {
    ...{ owner: ADVERTISER, name: 'Memento, backwards', film: 'memento-2001', headline: 'Remember to see it' },
    ...{ budget: eur(30_000), bid: 400, days: [3, 30], state: 'DRAFT' },
  },
];

/** Adds campaigns, and what those that ran got for their money in the past fortnight; what exists does not change. */
export async function seed({ databaseUrl }: { readonly databaseUrl: string }): Promise<string[]> {
  const client = connect(PrismaClient, { url: databaseUrl, poolSize: 1, applicationName: 'marquee-ads-seed' });
  try {
    await client.$transaction(async (tx) => {
      for (const [index, campaign] of CAMPAIGNS.entries()) await addMissing(tx, campaign, index, new Date());
    });
  } finally {
    await client.$disconnect();
  }
  return [];
}

async function addMissing(tx: SqlTransaction, campaign: SeededCampaign, index: number, now: Date): Promise<void> {
  const { owner, film, budget, dailyCap = null, bid, cityIds = [], frequencyCap = null, days, state, past } = campaign;
  const id = `cmp_seed_${film}`;
  const at = (day: number): Date => new Date(now.getTime() + day * DAY_MS);
  const added = await tx.$executeRaw(
    campaignInsert({
      ...{
        id,
        organisationId: `org_seed_${owner}`,
        createdBy: `usr_seed_${owner}`,
        name: campaign.name,
        budget,
        dailyCap,
      },
      ...{
        titleId: `ttl_seed_${film}`,
        headline: campaign.headline,
        imageUrl: `https://images.marquee.test/${film}.jpg`,
      },
      ...{
        bidPerThousand: { amount: bid, currency: budget.currency },
        cityIds,
        frequencyCap,
        timeZone: 'Europe/London',
      },
      ...{ startsAt: at(days[0]), endsAt: at(days[1]) },
      // A minute apart, so that lists have them in this order.
      createdAt: new Date(now.getTime() - index * 60_000),
    }),
  );
  if (added === 0) return;
  await tx.$executeRaw`UPDATE campaigns SET state = ${state}::campaign_state WHERE id = ${id}`;
  if (past) await addPast(tx, id, past);
}

/** Impressions of the days before today on which it ran; a click follows every thirtieth. As many as the budget pays. */
async function addPast(
  tx: SqlTransaction,
  id: string,
  { daily, milli }: { daily: number; milli: number },
): Promise<void> {
  await tx.$executeRaw`
    INSERT INTO placements (id, campaign_id, day, price_milli, charged_milli, status, placed_at, expires_at, impression_at, click_at)
    SELECT gen_random_uuid(), id, (at AT TIME ZONE time_zone)::date, ${milli}::bigint, ${milli}::bigint, 'COUNTED', at,
      at + interval '30 minutes', at + interval '4 seconds', CASE WHEN n % 30 = 0 THEN at + interval '9 seconds' END
    FROM campaigns, generate_series(1, ${FORTNIGHT * daily}::int) AS n,
      LATERAL (SELECT date_trunc('day', now()) - n * interval '1 day' / ${daily}::int AS at) AS moment
    WHERE id = ${id} AND at >= starts_at AND at < ends_at
    ORDER BY n DESC LIMIT (SELECT budget * 1000 / ${milli}::bigint FROM campaigns WHERE id = ${id})`;
  await tx.$executeRaw`
    INSERT INTO campaign_days (campaign_id, day, spent_milli, impressions, clicks)
    SELECT campaign_id, day, sum(charged_milli), count(*), count(click_at) FROM placements WHERE campaign_id = ${id}
    GROUP BY campaign_id, day`;
  await tx.$executeRaw`
    UPDATE campaigns SET spent_milli = cost, impressions = seen, clicks = followed
    FROM (SELECT sum(spent_milli) AS cost, sum(impressions) AS seen, sum(clicks) AS followed FROM campaign_days
      WHERE campaign_id = ${id}) AS past
    WHERE id = ${id} AND cost IS NOT NULL`;
}
