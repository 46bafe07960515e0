import { type Money, percentOf } from '@marquee/money';

import { type Coupon, fundingOf } from './coupon.ts';
import { rewardIn } from './reward.ts';

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

/** The most that a share of the marketplace takes off, where its terms do not say: so many rewards, about 50 EUR. */
const TIMES_REWARD = 10;
/** In currencies in which nothing is rewarded. */
const SOME_REWARD = 500;

/** The discount of a coupon on a sale, in its currency: at most what can be taken off. */
export function discountOf(coupon: Coupon, { subtotal, discountable }: Sale): Money {
  const { percentOff, amountOff } = coupon;
  const off = percentOff === null ? (amountOff?.amount ?? 0) : percentOf(subtotal.amount, percentOff);
  return { amount: Math.min(off, mostOf(coupon, subtotal), discountable), currency: subtotal.currency };
}

/** The most that one use takes off. A share that the marketplace pays always has one: seats may cost anything. */
function mostOf(coupon: Coupon, { currency }: Money): number {
  const { percentOff, maximumDiscount } = coupon;
  if (maximumDiscount !== null) return maximumDiscount.amount;
  if (percentOff === null || fundingOf(coupon) === 'ORGANISATION') return Infinity;
  return TIMES_REWARD * (rewardIn(currency)?.amount ?? SOME_REWARD);
}
