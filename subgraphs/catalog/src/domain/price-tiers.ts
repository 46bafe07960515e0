import { badInput } from '@marquee/errors';

import { isCurrency, type Money } from './money.ts';
import type { PriceTier } from './show.ts';

/** In minor units: ten seats of this price, and the fees on them, are still an amount of 32 bits. */
const HIGHEST_PRICE = 150_000_000;

/** What the seats of a tier cost. */
export interface TierPrice {
  readonly tierName: string;
  readonly price: Money;
}

/**
 * The price of each tier of a layout, the cheapest first.
 *
 * @param field the path of the argument that holds the prices
 * @throws {CodedError} BAD_USER_INPUT for a price that is not positive, too high or in another currency than the
 *   city's, and for tiers that are not exactly the layout's
 */
export function priceTiers(
  field: string,
  prices: readonly TierPrice[],
  tierNames: readonly string[],
  currency: string,
): Omit<PriceTier, 'id'>[] {
  const open = new Set(tierNames);
  const tiers = prices.map(({ tierName, price }, index) => {
    const name = tierName.trim();
    if (!open.delete(name)) {
      const problem = tierNames.includes(name) ? 'This tier has a price already.' : 'The screen has no such tier.';
      throw badInput(`${field}.${index}.tierName`, problem);
    }
    assertPrice(`${field}.${index}.price`, price, currency);
    return { name, price: { amount: price.amount, currency } };
  });
  if (open.size > 0) throw badInput(field, `These tiers have no price: ${[...open].join(', ')}.`);
  return tiers.toSorted((a, b) => a.price.amount - b.price.amount);
}

function assertPrice(field: string, price: Money, currency: string): void {
  if (price.amount <= 0) throw badInput(`${field}.amount`, 'A seat costs more than nothing.');
  if (price.amount > HIGHEST_PRICE) throw badInput(`${field}.amount`, 'This is more than a seat can cost.');
  if (!isCurrency(price.currency)) throw badInput(`${field}.currency`, 'It is not an ISO 4217 code.');
  if (price.currency !== currency) throw badInput(`${field}.currency`, `Prices in this city are in ${currency}.`);
}
