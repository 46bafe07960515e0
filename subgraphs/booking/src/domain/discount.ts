import { percentOf, sumOf } from '@marquee/money';

/** A reduction of a price: a coupon's, or a benefit of the customer's membership. */
export interface Discount {
  readonly reason: 'COUPON' | 'MEMBERSHIP';
  /** The part of the price that it reduces. */
  readonly of: 'SEATS' | 'FEES';
  /** A share in percent, or an amount in minor units of the price's currency. */
  readonly by: { readonly percent: number } | { readonly amount: number };
}

/** The amount by which the discounts reduce seats or fees, at most all of it. A percentage is of the whole amount. */
export function discountOf(discounts: readonly Discount[], of: Discount['of'], amount: number): number {
  const reductions = discounts
    .filter((discount) => discount.of === of)
    .map(({ by }) => ('percent' in by ? percentOf(amount, by.percent) : by.amount));
  return Math.min(amount, sumOf(reductions));
}

const WITH_BENEFITS: ReadonlySet<string> = new Set(['TRIALING', 'ACTIVE', 'PAST_DUE']);

/** Whether a membership has its benefits: also while a declined renewal is tried again, not while it is paused. */
export function hasBenefits({ status }: { readonly status: string }): boolean {
  return WITH_BENEFITS.has(status);
}

/** The reductions that a customer's membership gives. @param feePercentOff 0 without a membership */
export function membershipDiscounts(feePercentOff: number): readonly Discount[] {
  return feePercentOff === 0 ? [] : [{ reason: 'MEMBERSHIP', of: 'FEES', by: { percent: feePercentOff } }];
}
