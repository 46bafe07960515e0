import type { UpdateShowInput } from '../generated/graphql.ts';
import { type PriceDraft, tierPrices } from './prices.ts';

/** A show as a form has it. */
export interface ShowFields {
  readonly startsAt: string;
  readonly screenId: string;
  readonly prices: readonly PriceDraft[];
  readonly highDemand: boolean;
}

/**
 * The fields that the person has changed. Others are not sent: somebody else may have changed them while the form was open.
 *
 * @returns undefined while a price is missing
 */
export function showChanges(
  before: ShowFields,
  now: ShowFields,
  currency: string,
): Omit<UpdateShowInput, 'showId'> | undefined {
  const prices = tierPrices(now.prices, currency);
  if (!prices) return undefined;
  return {
    ...(Date.parse(now.startsAt) !== Date.parse(before.startsAt) && { startsAt: now.startsAt }),
    ...(now.screenId !== before.screenId && { screenId: now.screenId }),
    ...(JSON.stringify(now.prices) !== JSON.stringify(before.prices) && { tierPrices: prices }),
    ...(now.highDemand !== before.highDemand && { highDemand: now.highDemand }),
  };
}
