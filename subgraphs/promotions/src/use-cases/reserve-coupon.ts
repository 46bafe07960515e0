import type { Redemptions, Reservation } from '../domain/ports.ts';
import { rejectionOf } from '../domain/rules/index.ts';
import { discountOf, type Sale } from '../domain/sale.ts';
import { CouponRejectedError } from '../errors.ts';
import { findCoupon, type FindCouponDeps, TooManyCodesError } from './find-coupon.ts';
import { worksForOrganiser, type WorksForOrganiserDeps } from './works-for-organiser.ts';

export interface ReserveCouponDeps extends FindCouponDeps, WorksForOrganiserDeps {
  readonly redemptions: Redemptions;
}

/**
 * Reserves a coupon for a hold, before its booking is made. A repeat for the hold keeps the reservation and gives it time.
 *
 * The rules say why a coupon cannot be used; of several uses at once, the database's constraints refuse those that exceed
 * a limit.
 *
 * @throws {CouponRejectedError} when the coupon cannot be used
 */
export async function reserveCoupon(deps: ReserveCouponDeps, code: string, sale: Sale): Promise<Reservation> {
  const offered = await findCoupon(deps, code, sale.customerId).catch((error: unknown) => {
    if (!(error instanceof TooManyCodesError)) throw error;
    throw new CouponRejectedError({ reason: 'TOO_MANY_CODES', message: error.message });
  });
  const { coupon } = offered;
  const kept = await deps.redemptions.renew(sale.holdId, coupon);
  if (kept) return kept;
  const discount = discountOf(coupon, sale);
  const uses = { sale, discount, worksForOrganiser: await worksForOrganiser(deps, coupon, sale) };
  const rejection = rejectionOf({ ...offered, ...uses });
  if (rejection) throw new CouponRejectedError(rejection);
  const outcome = await deps.redemptions.reserve(coupon, sale, discount);
  if ('reason' in outcome) throw new CouponRejectedError(outcome);
  return outcome;
}
