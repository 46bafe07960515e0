import { OWN } from '@marquee/app-kit/api';
import type { MoneyValue } from '@marquee/app-kit/text';

import type { CouponProblemReason } from '../generated/graphql.ts';

/** Notes of the checkout for the payment of its booking; they outlive a reload. */
export interface Quoted {
  readonly total: MoneyValue;
  /** Why the booking has no coupon although one was entered. */
  readonly couponProblem: CouponProblemReason | null;
}

const quotedAt = (bookingId: string): string => `${OWN}quoted.${bookingId}`;

/** Keeps for which price a booking was made. */
export function keepQuoted(bookingId: string, quoted: Quoted): void {
  sessionStorage.setItem(quotedAt(bookingId), JSON.stringify(quoted));
}

export function quotedFor(bookingId: string): Quoted | undefined {
  const kept = sessionStorage.getItem(quotedAt(bookingId));
  return kept === null ? undefined : (JSON.parse(kept) as Quoted);
}
