import type { Caller } from '@marquee/subgraph';
import { newId } from '@marquee/subgraph/ids';

import { type AccessDeps, requireManager } from '../access.ts';
import type { Coupon } from '../domain/coupon.ts';
import { type CouponFields, parseTerms } from '../domain/coupon-terms.ts';
import type { Coupons } from '../domain/ports.ts';
import { CouponCodeTakenError } from '../errors.ts';

export interface CreateCouponDeps extends AccessDeps {
  readonly coupons: Pick<Coupons, 'add'>;
  readonly now: () => Date;
}

/**
 * Creates a coupon, of an organisation or of the marketplace.
 *
 * @throws {CouponCodeTakenError} when there is one with this code
 * @throws {CodedError} FORBIDDEN, or BAD_USER_INPUT naming the field
 */
export async function createCoupon(deps: CreateCouponDeps, caller: Caller, fields: CouponFields): Promise<Coupon> {
  const createdBy = await requireManager(deps, caller, fields.organisationId ?? null);
  const createdAt = deps.now();
  const terms = parseTerms(fields, createdAt);
  const coupon = await deps.coupons.add({ ...terms, id: newId('cou'), createdBy, createdAt });
  if (coupon === null) throw new CouponCodeTakenError(terms.code);
  return coupon;
}
