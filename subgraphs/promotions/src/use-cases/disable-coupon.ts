import { notFound } from '@marquee/errors';
import type { Caller } from '@marquee/subgraph';

import { type AccessDeps, requireManager } from '../access.ts';
import type { Coupon } from '../domain/coupon.ts';
import type { Coupons } from '../domain/ports.ts';
import { CouponEndedError } from '../errors.ts';

export interface DisableCouponDeps extends AccessDeps {
  readonly coupons: Pick<Coupons, 'find' | 'disable'>;
}

/**
 * Ends a coupon now; one that was ended before stays so. What is reserved or redeemed stays with its bookings.
 *
 * @throws {CouponEndedError} when its time is over
 * @throws {CodedError} NOT_FOUND or FORBIDDEN
 */
export async function disableCoupon(deps: DisableCouponDeps, caller: Caller, id: string): Promise<Coupon> {
  const coupon = await deps.coupons.find(id);
  if (coupon === null) throw notFound('coupon');
  const by = await requireManager(deps, caller, coupon.organisationId);
  const disabled = await deps.coupons.disable(id, by);
  if (disabled === null) throw new CouponEndedError();
  return disabled;
}
