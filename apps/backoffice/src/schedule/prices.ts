import { digitsOf, minorUnits } from '../forms/amount.ts';
import type { TierPriceInput } from '../generated/graphql.ts';

/** The price of a tier as it is typed. */
export interface PriceDraft {
  readonly tierName: string;
  readonly price: string;
}

/** The `TierPriceInput`s; undefined unless each tier has a name and a price above zero. */
export function tierPrices(drafts: readonly PriceDraft[], currency: string): TierPriceInput[] | undefined {
  const prices = drafts.map(({ tierName, price }) => ({
    tierName: tierName.trim(),
    price: { amount: minorUnits(price, currency) ?? 0, currency },
  }));
  const isValid = prices.length > 0 && prices.every(({ tierName, price }) => tierName !== '' && price.amount > 0);
  return isValid ? prices : undefined;
}

/** A price as it is typed, such as `12.50`. */
export function priceText({ amount, currency }: { readonly amount: number; readonly currency: string }): string {
  const digits = digitsOf(currency);
  return (amount / 10 ** digits).toFixed(digits);
}
