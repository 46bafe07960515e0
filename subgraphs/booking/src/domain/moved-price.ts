import { formatMoney, type Money, sumOf } from '@marquee/money';

import { RescheduleClosedError } from '../errors.ts';
import type { BookedCoupon, Booking } from './booking.ts';
import type { Discount } from './discount.ts';
import { mostOffSeats, priceBooking, type Price, type PriceRules } from './price.ts';
import type { Show } from './show.ts';

/** A booking's price in another show, and its coupon there. */
export interface MovedPrice {
  readonly price: Price;
  readonly coupon: BookedCoupon | null;
}

type Discounted = Pick<Booking, 'coupon' | 'price'>;

/**
 * Prices other seats for a booking. Its coupon takes off no larger share than before, and no larger amount; so does its
 * membership of the fees.
 */
export function movedPrice({ coupon, price }: Discounted, seats: readonly Money[], rules: PriceRules): MovedPrice {
  const full = priceBooking(seats, rules);
  const ofCoupon = Math.min(coupon?.amount ?? 0, price.discount);
  const offFees = scaled(price.discount - ofCoupon, full.fees, price.fees);
  const benefits: Discount[] = [{ reason: 'MEMBERSHIP', of: 'FEES', by: { amount: offFees } }];
  const share = scaled(ofCoupon, full.subtotal, price.subtotal);
  const amount = Math.min(share, mostOffSeats(seats, rules, benefits));
  const discounts: Discount[] = [...benefits, { reason: 'COUPON', of: 'SEATS', by: { amount } }];
  return { price: priceBooking(seats, rules, discounts), coupon: coupon && { ...coupon, amount } };
}

/**
 * Refuses a move to where the booking's coupon cannot be used.
 *
 * @throws {RescheduleClosedError} for seats below its minimum spend, or a title that it is not for
 */
export function assertCouponFits({ coupon, price }: Discounted, { titleId }: Show, seats: readonly Money[]): void {
  const { minimumSpend = 0, titleIds = [] } = coupon ?? {};
  if (titleIds.length > 0 && !titleIds.includes(titleId)) {
    throw new RescheduleClosedError(
      'The coupon of this booking is for another film or event. Choose a show of the same one.',
    );
  }
  if (sumOf(seats.map(({ amount }) => amount)) >= minimumSpend) return;
  const least = formatMoney({ amount: minimumSpend, currency: price.currency });
  throw new RescheduleClosedError(
    `The coupon of this booking is for seats of at least ${least}. Choose seats that cost more.`,
  );
}

/** The amount in proportion, rounded down: never more than it was. */
function scaled(amount: number, now: number, before: number): number {
  if (now >= before) return amount;
  return Number((BigInt(amount) * BigInt(now)) / BigInt(before));
}
