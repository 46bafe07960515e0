import { type Money, percentOf } from '@marquee/money';

import type { Coupon } from './coupon.ts';

/** The seats of a hold, as booking sells them. */
export interface Sale {
  readonly holdId: string;
  readonly customerId: string;
  readonly titleId: string;
  readonly cityId: string;
  readonly organisationId: string | null;
  /** The price of the seats. */
  readonly subtotal: Money;
  /** The most that a coupon can take off, in minor units. */
  readonly discountable: number;
  readonly isFirstBooking: boolean;
}

/** The discount of a coupon on a sale, in its currency: at most what can be taken off. */
export function discountOf({ percentOff, amountOff }: Coupon, { subtotal, discountable }: Sale): Money {
  const off = percentOff === null ? (amountOff?.amount ?? 0) : percentOf(subtotal.amount, percentOff);
  return { amount: Math.min(off, discountable), currency: subtotal.currency };
}
