import type { Money } from '@marquee/money';

import type { CancellationRights } from './cancellation-policy.ts';
import type { PricedSeat } from './hold.ts';
import type { Price } from './price.ts';

export type BookingStatus =
  | 'PENDING_PAYMENT'
  | 'CONFIRMED'
  | 'PARTIALLY_CANCELLED'
  | 'CANCELLED'
  | 'COMPLETED'
  | 'EXPIRED'
  | 'NEEDS_REVIEW';

export type TimelineType =
  | 'REQUESTED'
  | 'PAYMENT_FAILED'
  | 'CONFIRMED'
  | 'EXPIRED'
  | 'CANCELLED'
  | 'REFUND_REQUESTED'
  | 'REFUNDED'
  | 'NEEDS_REVIEW'
  | 'SHOW_MOVED'
  | 'RESCHEDULE_REQUESTED'
  | 'RESCHEDULE_EXPIRED'
  | 'RESCHEDULED'
  | 'COMPLETED'
  | 'REVIEW_DECIDED';

/** A payment of a booking, and how much of the booking's total it pays. */
export interface AppliedPayment {
  readonly paymentId: string;
  readonly amount: number;
}

/** A coupon that reduced a booking's price. */
export interface BookedCoupon {
  readonly couponId: string;
  readonly code: string;
  /** The amount that it takes off the price of the seats, in minor units. */
  readonly amount: number;
  /** The price of seats from which it can be used, in minor units; absent without one, as are titles. */
  readonly minimumSpend?: number;
  /** The titles that it is for. */
  readonly titleIds?: readonly string[];
  /** Who bears it: the organisation of the show, or the marketplace; absent in bookings of before. */
  readonly fundedBy?: CouponFunding;
}

export type CouponFunding = 'ORGANISATION' | 'MARKETPLACE';

/** A booking as of its latest event. */
export interface Booking extends CancellationRights {
  readonly id: string;
  readonly cityCode: string;
  readonly customerId: string;
  readonly showId: string;
  readonly status: BookingStatus;
  /** Grows with each of its events. */
  readonly version: number;
  readonly createdAt: Date;
  readonly expiresAt: Date;
  readonly seats: readonly PricedSeat[];
  readonly price: Price;
  readonly coupon: BookedCoupon | null;
  /** Refunds that were made, in minor units; negative until what rescheduling gives back has been. */
  readonly refunded: number;
  /** Refunds of cancelled tickets that payments was asked for, in minor units. */
  readonly refundRequested: number;
  readonly paymentId: string | null;
  /** The payments that add up to the total, once rescheduling has changed it. */
  readonly payments: readonly AppliedPayment[] | null;
  /** The change to another show that awaits the payment of the difference. */
  readonly pendingReschedule: PendingReschedule | null;
  /** The decision that staff must make; null when there is none. */
  readonly review: BookingReview | null;
}

/** Where a booking moves once the difference is paid; until then its seats there are kept. */
export interface PendingReschedule {
  readonly showId: string;
  readonly venueId: string;
  readonly seats: readonly PricedSeat[];
  readonly price: Price;
  /** The booking's coupon there; absent without one. */
  readonly coupon?: BookedCoupon;
  /** RFC 3339. */
  readonly expiresAt: string;
}

/** A refund that was refused for good. */
export interface FailedRefund {
  readonly refundId: string;
  readonly paymentId: string;
  readonly amount: Money;
}

/** Failed refunds that await a decision. */
export interface BookingReview {
  /** Oldest first. */
  readonly failedRefunds: readonly FailedRefund[];
  /** The status before NEEDS_REVIEW; null for a booking that kept its status. */
  readonly previousStatus: BookingStatus | null;
}

/** When the booking expires unless it is paid; null once it no longer awaits payment. */
export function paymentDeadline({ status, expiresAt }: Pick<Booking, 'status' | 'expiresAt'>): Date | null {
  return status === 'PENDING_PAYMENT' ? expiresAt : null;
}

/** Whether the booking had a coupon that it has given back, so that somebody else may have used it. */
export function hasReturnedCoupon({ coupon, status }: Pick<Booking, 'coupon' | 'status'>): boolean {
  return coupon !== null && status !== 'PENDING_PAYMENT';
}

export interface TimelineEntry {
  readonly bookingId: string;
  readonly type: TimelineType;
  readonly at: Date;
}
