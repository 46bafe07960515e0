import type { Money } from '@marquee/money';

import type { BookedCoupon, CouponFunding } from './booking.ts';

/** A coupon that promotions keeps for a booking. */
export interface ReservedCoupon {
  readonly couponId: string;
  readonly code: string;
  /** The amount that it takes off the price of the seats. */
  readonly discount: Money;
  /** The price of seats from which it can be used; null for any. */
  readonly minimumSpend: Money | null;
  /** The titles that it is for; empty for all. */
  readonly titleIds: readonly string[];
  readonly fundedBy: CouponFunding;
  /** By when the booking must be made. */
  readonly bookBy: Date;
}

/** Why a coupon cannot be used, in promotions' words. */
export interface CouponRejection {
  readonly reason: RejectionReason;
  readonly message: string;
}

export type RejectionReason =
  | 'UNKNOWN_CODE'
  | 'TOO_MANY_CODES'
  | 'NOT_STARTED'
  | 'EXPIRED'
  | 'EXHAUSTED'
  | 'USED_BY_CUSTOMER'
  | 'UNPAID_BOOKING'
  | 'MINIMUM_SPEND'
  | 'OTHER_TITLE'
  | 'OTHER_CITY'
  | 'OTHER_ORGANISER'
  | 'OTHER_CURRENCY'
  | 'NOT_FIRST_BOOKING'
  | 'HOLD_EXPIRED'
  | 'OTHER_COUPON';

/** The sale that a coupon is used for. */
export interface CouponSale {
  readonly holdId: string;
  readonly customerId: string;
  readonly titleId: string;
  readonly cityId: string;
  readonly organisationId: string | null;
  readonly subtotal: Money;
  /** The most that a coupon can take off, in minor units. */
  readonly discountable: number;
  readonly isFirstBooking: boolean;
}

/** Promotions, which keeps coupons. */
export interface Coupons {
  /** Reserves a coupon for a hold. @returns null when promotions does not answer in time */
  reserve(code: string, sale: CouponSale): Promise<ReservedCoupon | CouponRejection | null>;
}

export const toBooked = (reserved: ReservedCoupon): BookedCoupon => {
  const { couponId, code, discount, minimumSpend, titleIds, fundedBy } = reserved;
  const terms = {
    ...(minimumSpend && { minimumSpend: minimumSpend.amount }),
    ...(titleIds.length > 0 && { titleIds }),
  };
  return { couponId, code, amount: discount.amount, fundedBy, ...terms };
};

/** A coupon as payments books it. */
export type FundedCoupon = Required<Pick<BookedCoupon, 'amount' | 'fundedBy'>>;

/** The coupon's part in the booking's discount, and who bears it; null without one, and for bookings of before. */
export function fundedCoupon(coupon: BookedCoupon | null): FundedCoupon | null {
  if (coupon?.fundedBy === undefined) return null;
  return { amount: coupon.amount, fundedBy: coupon.fundedBy };
}
