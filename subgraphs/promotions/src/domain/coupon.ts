import type { Money } from '@marquee/money';

export type CouponKind = 'PERCENT' | 'AMOUNT';
export type CouponStatus = 'SCHEDULED' | 'ACTIVE' | 'EXHAUSTED' | 'EXPIRED' | 'DISABLED';

/** What a coupon takes off, of what, and for whom. It never changes. */
export interface CouponTerms {
  /** Upper case. */
  readonly code: string;
  readonly kind: CouponKind;
  readonly percentOff: number | null;
  readonly amountOff: Money | null;
  readonly minimumSpend: Money | null;
  /** The most that it takes off in all. */
  readonly budget: Money | null;
  /** Empty for all, as are cities. */
  readonly titleIds: readonly string[];
  readonly cityIds: readonly string[];
  readonly firstBookingOnly: boolean;
  readonly perUserLimit: number | null;
  readonly redemptionLimit: number | null;
  readonly startsAt: Date;
  readonly endsAt: Date;
  /** Whose shows it is for; null for all. */
  readonly organisationId: string | null;
}

/** A code that takes something off the price of seats. */
export interface Coupon extends CouponTerms {
  readonly id: string;
  readonly createdAt: Date;
  readonly disabledAt: Date | null;
  readonly reservedCount: number;
  readonly redeemedCount: number;
  /** Reserved and redeemed, in minor units. */
  readonly spent: number;
}

/** The currency that a coupon is bound to; null when it works in every one. */
export function currencyOf({ amountOff, minimumSpend, budget }: CouponTerms): string | null {
  return (amountOff ?? minimumSpend ?? budget)?.currency ?? null;
}

/** Whether no more can be used, or taken off. */
export function isExhausted({ reservedCount, redeemedCount, redemptionLimit, budget, spent }: Coupon): boolean {
  const isUsedUp = redemptionLimit !== null && reservedCount + redeemedCount >= redemptionLimit;
  return isUsedUp || (budget !== null && spent >= budget.amount);
}

export function statusOf(coupon: Coupon, at: Date): CouponStatus {
  if (coupon.disabledAt !== null) return 'DISABLED';
  if (coupon.endsAt <= at) return 'EXPIRED';
  if (coupon.startsAt > at) return 'SCHEDULED';
  return isExhausted(coupon) ? 'EXHAUSTED' : 'ACTIVE';
}
