import type { Coupons, ReservedCoupon } from '../domain/coupon.ts';
import { couponSaleOf } from '../domain/hold-price.ts';
import type { Bookings, HoldOfShow } from '../domain/ports.ts';
import type { PriceRules } from '../domain/price.ts';
import { CouponRejectedError } from '../errors.ts';

export interface ApplyCouponDeps {
  readonly bookings: Pick<Bookings, 'isFirstOf'>;
  readonly coupons: Coupons;
}

/**
 * Reserves the coupon for a hold that is to be booked, if there is one. It is redeemed when the booking is paid.
 *
 * @returns null without a coupon, and while promotions is out of reach: a sale does not wait for a discount
 * @throws {CouponRejectedError} when the coupon cannot be used
 */
export async function applyCoupon(
  { bookings, coupons }: ApplyCouponDeps,
  code: string | null,
  hold: HoldOfShow,
  rules: PriceRules,
): Promise<ReservedCoupon | null> {
  if (code === null || hold.status !== 'ACTIVE') return null;
  const sale = couponSaleOf(hold, rules, await bookings.isFirstOf(hold.customerId));
  const outcome = await coupons.reserve(code, sale);
  if (outcome !== null && 'reason' in outcome) throw new CouponRejectedError(outcome);
  return outcome;
}

/** The message to a customer whose booking was made without the coupon. */
export const COUPON_UNAVAILABLE =
  'We could not apply your coupon just now, so this booking is at the full price. Pay it, or let it expire and try again.';
