import type { Money } from '@marquee/money';

export type CampaignStatus = 'DRAFT' | 'ACTIVE' | 'PAUSED' | 'EXHAUSTED' | 'ENDED';
/** Statuses that people decide; the others follow from time and spend. */
export type CampaignState = Exclude<CampaignStatus, 'EXHAUSTED'>;

/** The order of an organisation. It never changes; all amounts are in one currency. */
export interface CampaignTerms {
  readonly organisationId: string;
  readonly name: string;
  readonly titleId: string;
  readonly headline: string;
  readonly imageUrl: string;
  /** Empty for all. */
  readonly cityIds: readonly string[];
  readonly budget: Money;
  readonly dailyCap: Money | null;
  readonly bidPerThousand: Money;
  readonly frequencyCap: number | null;
  readonly timeZone: string;
  readonly startsAt: Date;
  readonly endsAt: Date;
}

/** A title that an organisation advertises in feeds. */
export interface Campaign extends CampaignTerms {
  readonly id: string;
  readonly createdAt: Date;
  readonly state: CampaignState;
  /** Of impressions, in thousandths of a minor unit. */
  readonly spentMilli: number;
  readonly impressions: number;
  readonly clicks: number;
  /** When the row was read, by the database's clock. */
  readonly readAt: Date;
}

/** A day of a campaign, in its time zone. */
export interface CampaignDay {
  readonly campaignId: string;
  readonly date: string;
  /** In thousandths of a minor unit. */
  readonly spentMilli: number;
  readonly impressions: number;
  readonly clicks: number;
}

/** Thousandths of a minor unit: what one impression costs is the price of a thousand, in these. */
export const MILLI = 1_000;

/** The status at the time at which the campaign was read. */
export function statusOf(
  campaign: Pick<Campaign, 'state' | 'endsAt' | 'readAt' | 'budget' | 'bidPerThousand' | 'spentMilli'>,
): CampaignStatus {
  const { state, endsAt, readAt, budget, bidPerThousand, spentMilli } = campaign;
  if (state === 'ENDED' || endsAt <= readAt) return 'ENDED';
  if (state === 'DRAFT') return 'DRAFT';
  return budget.amount * MILLI - spentMilli < bidPerThousand.amount ? 'EXHAUSTED' : state;
}

const FROM: Readonly<Record<'ACTIVE' | 'PAUSED' | 'ENDED', readonly CampaignStatus[]>> = {
  ACTIVE: ['DRAFT', 'ACTIVE', 'PAUSED'],
  PAUSED: ['ACTIVE', 'PAUSED'],
  ENDED: ['DRAFT', 'ACTIVE', 'PAUSED', 'EXHAUSTED', 'ENDED'],
};

/** Why a campaign cannot get a status; null when it can. */
export function refusalOf(status: CampaignStatus, to: 'ACTIVE' | 'PAUSED' | 'ENDED'): string | null {
  if (FROM[to].includes(status)) return null;
  if (status === 'ENDED') return 'This campaign has ended. Create another one.';
  if (status === 'EXHAUSTED') return 'The budget of this campaign is used up. Create another one, or end it.';
  return 'This campaign was never started: start it, or end it.';
}

/** The share of impressions that were followed, 0 without any. */
export function clickThroughRateOf({ impressions, clicks }: Pick<Campaign, 'impressions' | 'clicks'>): number {
  return impressions === 0 ? 0 : clicks / impressions;
}

/** Whole minor units of an amount in thousandths. */
export const wholeUnits = (milli: number): number => Math.floor(milli / MILLI);

/** The days with their cost in whole minor units, which add up to that of all. @param days in order */
export function wholeUnitsByDay(
  days: readonly CampaignDay[],
): { readonly day: CampaignDay; readonly amount: number }[] {
  let milli = 0;
  return days.map((day) => {
    const before = wholeUnits(milli);
    milli += day.spentMilli;
    return { day, amount: wholeUnits(milli) - before };
  });
}
