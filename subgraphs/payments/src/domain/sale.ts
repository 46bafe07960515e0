import { allocate } from '@marquee/money';

/** A price, in minor units: its total is `subtotal - discount + fees + tax`. */
export interface PriceParts {
  readonly subtotal: number;
  readonly fees: number;
  readonly tax: number;
  readonly discount: number;
}

/** A sale that a payment pays for, and to whom it is owed. */
export interface Sale extends PriceParts {
  /** Of a booking; none for a membership, which is Marquee's own. */
  readonly showId?: string;
  /** The business whose show it is. */
  readonly organisationId?: string;
  /** ISO 3166-1, of the country whose tax it is. */
  readonly country: string;
}

/** An amount by whom it belongs to: the venue, Marquee for its fee, and the country for its tax. */
export interface SaleParts {
  readonly venue: number;
  readonly fees: number;
  readonly tax: number;
}

/** A membership: all but the tax in its price is Marquee's. */
export function membershipSale(total: number, tax: number, country: string): Sale {
  return { subtotal: 0, fees: total - tax, tax, discount: 0, country };
}

/** A discount comes out of Marquee's fee as far as that goes, and then out of what the venue gets. */
export function partsOf({ subtotal, discount, fees, tax }: PriceParts): SaleParts {
  const ofFee = Math.min(discount, fees);
  return { venue: subtotal - (discount - ofFee), fees: fees - ofFee, tax };
}

export function totalOf({ venue, fees, tax }: SaleParts): number {
  return venue + fees + tax;
}

/**
 * The share of a refund in each part of a sale: as asked where that adds up and is left, else in proportion to what is
 * left. So refunds one by one give back exactly what was paid, part by part.
 *
 * @param asked null when only the amount is known
 * @param given what earlier refunds took
 */
export function refundParts(sale: PriceParts, given: SaleParts, amount: number, asked: PriceParts | null): SaleParts {
  const sold = partsOf(sale);
  const left = { venue: sold.venue - given.venue, fees: sold.fees - given.fees, tax: sold.tax - given.tax };
  const wanted = asked && partsOf(asked);
  if (wanted && totalOf(wanted) === amount && isWithin(wanted, left)) return wanted;
  const [venue = 0, fees = 0, tax = 0] = allocate(amount, [left.venue, left.fees, left.tax]);
  return { venue, fees, tax };
}

function isWithin(parts: SaleParts, left: SaleParts): boolean {
  return (['venue', 'fees', 'tax'] as const).every((part) => parts[part] >= 0 && parts[part] <= left[part]);
}
