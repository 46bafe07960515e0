import type { Money } from '@marquee/money';

export type CouponKind = 'PERCENT' | 'AMOUNT';
export type CouponStatus = 'SCHEDULED' | 'ACTIVE' | 'EXHAUSTED' | 'EXPIRED' | 'DISABLED';

/** The terms of a coupon: its discount, on which sales, and for whom. They never change. */
export interface CouponTerms {
  /** Upper case. */
  readonly code: string;
  readonly kind: CouponKind;
  readonly percentOff: number | null;
  readonly amountOff: Money | null;
  /** The most that a share takes off one booking. */
  readonly maximumDiscount: Money | null;
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
  /** When the row was read, by the database's clock. */
  readonly readAt: Date;
}

/** Who bears what a coupon takes off: the organisation that made it, or else the marketplace. */
export type CouponFunding = 'ORGANISATION' | 'MARKETPLACE';

export function fundingOf({ organisationId }: Pick<CouponTerms, 'organisationId'>): CouponFunding {
  return organisationId === null ? 'MARKETPLACE' : 'ORGANISATION';
}

/** The currency that a coupon is bound to; null when it works in every one. */
export function currencyOf(terms: CouponTerms): string | null {
  const { amountOff, maximumDiscount, minimumSpend, budget } = terms;
  return (amountOff ?? maximumDiscount ?? minimumSpend ?? budget)?.currency ?? null;
}

/** Whether its uses in all are limited, in number or in money. */
export function isLimited({ redemptionLimit, budget }: CouponTerms): boolean {
  return redemptionLimit !== null || budget !== null;
}

/** Whether no more can be used, or the budget does not cover another use: of an amount, the whole of it. */
export function isExhausted(coupon: Coupon): boolean {
  const { reservedCount, redeemedCount, redemptionLimit, amountOff, budget, spent } = coupon;
  const isUsedUp = redemptionLimit !== null && reservedCount + redeemedCount >= redemptionLimit;
  return isUsedUp || (budget !== null && spent + (amountOff?.amount ?? 1) > budget.amount);
}

/** The status at the time at which the coupon was read. */
export function statusOf(coupon: Coupon): CouponStatus {
  const { readAt: at } = coupon;
  if (coupon.disabledAt !== null) return 'DISABLED';
  if (coupon.endsAt <= at) return 'EXPIRED';
  if (coupon.startsAt > at) return 'SCHEDULED';
  return isExhausted(coupon) ? 'EXHAUSTED' : 'ACTIVE';
}
