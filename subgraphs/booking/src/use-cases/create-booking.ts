import { notFound } from '@marquee/errors';
import type { RunIdempotently } from '@marquee/subgraph';
import { newCityId } from '@marquee/subgraph/ids';

import { requireOwner } from '../access.ts';
import type { Booking } from '../domain/booking.ts';
import { priceOfHold } from '../domain/hold-price.ts';
import type { Bookings, Holds, Shows } from '../domain/ports.ts';
import { type Pricing, rulesFor } from '../domain/price.ts';
import { HoldExpiredError } from '../errors.ts';
import { applyCoupon, type ApplyCouponDeps } from './apply-coupon.ts';
import { requireBooking } from './lookups.ts';
import { assertNotOver } from './show-on-sale.ts';

export interface CreateBookingDeps extends ApplyCouponDeps {
  readonly shows: Pick<Shows, 'layout'>;
  readonly holds: Pick<Holds, 'findWithShow'>;
  readonly bookings: Pick<Bookings, 'find' | 'create' | 'isFirstOf'>;
  readonly runIdempotently: RunIdempotently;
  readonly now: () => Date;
  readonly pricing: Pricing;
  /** How long a booking awaits its payment. */
  readonly paymentSeconds: number;
  /** How long a customer may keep seats of a show without paying, in an hour. */
  readonly unpaidSeconds: number;
}

export interface CreateBookingInput {
  readonly customerId: string;
  readonly holdId: string;
  readonly couponCode?: string | null | undefined;
  readonly idempotencyKey: string;
}

/**
 * Turns a hold into a booking that keeps its seats while it awaits payment.
 *
 * @throws {HoldExpiredError} when the hold is expired, released or booked, or its seats are no longer the show's
 * @throws {AccountRestrictedError} when buying is paused for the customer
 * @throws {ShowClosedError} when the show has begun
 * @throws {CouponRejectedError} when the coupon cannot be used; while coupons are out of reach the booking has none
 * @throws {CodedError} NOT_FOUND, or FORBIDDEN for another customer's hold
 */
export async function createBooking(deps: CreateBookingDeps, input: CreateBookingInput): Promise<Booking> {
  const { customerId, holdId, couponCode = null, idempotencyKey } = input;
  const body = { holdId, ...(couponCode !== null && { couponCode }) };
  return deps.runIdempotently(
    { caller: customerId, operation: 'createBooking', key: idempotencyKey, body },
    async (idempotency) => {
      const hold = await deps.holds.findWithShow(holdId);
      if (!hold) throw notFound('hold');
      requireOwner('hold', hold, customerId);
      assertNotOver(hold.show, deps.now());
      const layout = await deps.shows.layout(hold.show);
      // A hold that waited while its show moved to another screen is of seats that are not there.
      if (hold.seats.some((seat) => !layout.place(seat.id))) throw new HoldExpiredError();
      const id = newCityId(hold.cityCode, 'bkg');
      const rules = rulesFor(deps.pricing, { ...hold.show, cityCode: hold.cityCode });
      const coupon = await applyCoupon(deps, couponCode, hold, rules);
      const price = priceOfHold(hold, rules, coupon?.discount.amount);
      const { paymentSeconds, unpaidSeconds } = deps;
      const booking = await deps.bookings.create({
        id,
        hold,
        price,
        coupon,
        paymentSeconds,
        unpaidSeconds,
        idempotency,
      });
      if (!booking) throw new HoldExpiredError(hold.status === 'CONSUMED');
      return booking;
    },
    (bookingId) => requireBooking(deps.bookings, bookingId),
  );
}
