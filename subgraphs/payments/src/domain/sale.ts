import { allocate, sumOf } from '@marquee/money';

/** A price, in minor units: its total is `subtotal - discount + fees + tax`. */
export interface PriceParts {
  readonly subtotal: number;
  readonly fees: number;
  readonly tax: number;
  readonly discount: number;
}

/** The coupon in a discount, and who bears it. */
export interface FundedCoupon {
  /** In minor units. */
  readonly amount: number;
  readonly fundedBy: 'ORGANISATION' | 'MARKETPLACE';
}

/** A price by which a sale is split. */
export interface SoldPrice extends PriceParts {
  /** Absent without one, and in sales of before coupons said who bears them. */
  readonly coupon?: FundedCoupon | null | undefined;
}

/** A sale that a payment pays for, and to whom it is owed. */
export interface Sale extends SoldPrice {
  /** Of a booking; none for a membership, which is Marquee's own. */
  readonly showId?: string;
  /** The business whose show it is. */
  readonly organisationId?: string;
  /** ISO 3166-1, of the country whose tax it is. */
  readonly country: string;
}

/** An amount by whom it belongs to; it is `venue + fees + tax - promotion`. */
export interface SaleParts {
  readonly venue: number;
  /** Marquee's. */
  readonly fees: number;
  /** The country's. */
  readonly tax: number;
  /** Paid by Marquee for the customer: the discount of its own coupon. */
  readonly promotion: number;
}

const PARTS = ['venue', 'fees', 'tax', 'promotion'] as const;

/** A membership: all but the tax in its price is Marquee's. */
export function membershipSale(total: number, tax: number, country: string): Sale {
  return { subtotal: 0, fees: total - tax, tax, discount: 0, country };
}

/**
 * A coupon is borne by who made it: an organisation's comes out of what its venue gets, Marquee's is Marquee's expense.
 * Any other discount comes out of Marquee's fee as far as that goes, and then out of what the venue gets.
 */
export function partsOf({ subtotal, discount, fees, tax, coupon }: SoldPrice): SaleParts {
  const { amount: ofCoupon, fundedBy } = coupon ?? { amount: 0, fundedBy: 'ORGANISATION' };
  const ofFee = Math.min(discount - ofCoupon, fees);
  const promotion = fundedBy === 'MARKETPLACE' ? ofCoupon : 0;
  return { venue: subtotal - (discount - promotion - ofFee), fees: fees - ofFee, tax, promotion };
}

export function totalOf({ venue, fees, tax, promotion }: SaleParts): number {
  return venue + fees + tax - promotion;
}

export function sumOfParts(all: readonly SaleParts[]): SaleParts {
  const sum = (part: keyof SaleParts): number => sumOf(all.map((parts) => parts[part]));
  return { venue: sum('venue'), fees: sum('fees'), tax: sum('tax'), promotion: sum('promotion') };
}

/**
 * The share of a refund in each part of what was sold: as asked where that adds up and is left, else in proportion to what
 * is left. So refunds one by one give back exactly what was paid, part by part.
 *
 * @param sales those of a booking, which a move to dearer seats pays in two
 * @param given what earlier refunds took
 * @param asked null when only the amount is known
 */
export function refundParts(
  sales: readonly SoldPrice[],
  given: SaleParts,
  amount: number,
  asked: PriceParts | null,
): SaleParts {
  const left = less(sumOfParts(sales.map(partsOf)), given);
  const total = totalOf(left);
  if (amount === total) return left;
  const wanted = asked && askedOf(sales, asked);
  if (wanted && totalOf(wanted) === amount && isWithin(wanted, left)) return wanted;
  const promotion = Number((BigInt(left.promotion) * BigInt(amount)) / BigInt(total));
  const [venue = 0, fees = 0, tax = 0] = allocate(amount + promotion, [left.venue, left.fees, left.tax]);
  return { venue, fees, tax, promotion };
}

/** The parts of what is asked: of its discount, the coupon has the share that it has of the whole discount. */
function askedOf(sales: readonly SoldPrice[], asked: PriceParts): SaleParts | null {
  const discount = sumOf(sales.map((sale) => sale.discount));
  if (asked.discount > discount) return null;
  const coupon = sales.find((sale) => sale.coupon)?.coupon;
  if (!coupon) return partsOf(asked);
  const [amount = 0] = allocate(asked.discount, [coupon.amount, discount - coupon.amount]);
  return partsOf({ ...asked, coupon: { ...coupon, amount } });
}

function less(from: SaleParts, parts: SaleParts): SaleParts {
  const { venue, fees, tax, promotion } = parts;
  return {
    ...{ venue: from.venue - venue, fees: from.fees - fees, tax: from.tax - tax },
    promotion: from.promotion - promotion,
  };
}

function isWithin(parts: SaleParts, left: SaleParts): boolean {
  return PARTS.every((part) => parts[part] >= 0 && parts[part] <= left[part]);
}
