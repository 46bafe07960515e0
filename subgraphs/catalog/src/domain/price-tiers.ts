import { badInput } from '@marquee/errors';
import { isCurrency, type Money } from '@marquee/money';

import type { PriceTier } from './show.ts';

/** In minor units: a report on 80,000 seats at this price, with fees, is still exact. */
const MAX_PRICE = 100_000_000_000;

/** The price of a seat in a tier. */
export interface TierPrice {
  readonly tierName: string;
  readonly price: Money;
}

/**
 * The price of each tier of a seat layout, cheapest first.
 *
 * @param field path of the argument that holds the prices
 * @param currency the city's
 * @throws {CodedError} BAD_USER_INPUT for a price out of range or in another currency, and unless each tier of the
 *   layout has exactly one price
 */
export function priceTiers(
  field: string,
  prices: readonly TierPrice[],
  tierNames: readonly string[],
  currency: string,
): Omit<PriceTier, 'id'>[] {
  const unpriced = new Set(tierNames);
  const tiers = prices.map(({ tierName, price }, index) => {
    const name = tierName.trim();
    if (!unpriced.delete(name)) {
      const problem = tierNames.includes(name)
        ? 'Enter one price for each tier.'
        : 'Choose a price tier of this screen.';
      throw badInput(`${field}.${index}.tierName`, problem);
    }
    assertPrice(`${field}.${index}.price`, price, currency);
    return { name, price: { amount: price.amount, currency } };
  });
  if (unpriced.size > 0) throw badInput(field, `Enter prices for these tiers: ${[...unpriced].join(', ')}.`);
  return tiers.toSorted((a, b) => a.price.amount - b.price.amount);
}

function assertPrice(field: string, price: Money, currency: string): void {
  if (price.amount <= 0) throw badInput(`${field}.amount`, 'Enter a price above zero.');
  if (price.amount > MAX_PRICE) throw badInput(`${field}.amount`, 'Enter a lower price.');
  if (!isCurrency(price.currency)) throw badInput(`${field}.currency`, 'Enter an ISO 4217 currency code.');
  if (price.currency !== currency)
    throw badInput(`${field}.currency`, `Enter prices in ${currency}, the currency of this city.`);
}
