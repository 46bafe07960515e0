import { OWN } from '@marquee/app-kit/api';
import type { MoneyValue } from '@marquee/app-kit/text';

import type { CouponProblemReason } from '../generated/graphql.ts';

/** Notes of the checkout for the payment of its booking; they outlive a reload. */
export interface Quoted {
  readonly total: MoneyValue;
  /** Why the booking has no coupon although one was entered. */
  readonly couponProblem: CouponProblemReason | null;
}

const bookingAt = (holdId: string): string => `${OWN}booking-of.${holdId}`;
const quotedAt = (bookingId: string): string => `${OWN}quoted.${bookingId}`;

/** Keeps which booking was made of a hold, and for which price. */
export function keepBooking(holdId: string, bookingId: string, quoted: Quoted): void {
  sessionStorage.setItem(bookingAt(holdId), bookingId);
  sessionStorage.setItem(quotedAt(bookingId), JSON.stringify(quoted));
}

export function bookingOf(holdId: string): string | null {
  return sessionStorage.getItem(bookingAt(holdId));
}

export function quotedFor(bookingId: string): Quoted | undefined {
  const kept = sessionStorage.getItem(quotedAt(bookingId));
  return kept === null ? undefined : (JSON.parse(kept) as Quoted);
}
