import { rateLimited } from '@marquee/errors';
import type { Caller } from '@marquee/subgraph';
import { newId } from '@marquee/subgraph/ids';

import { type AccessDeps, requireManager } from '../access.ts';
import type { Coupon } from '../domain/coupon.ts';
import { type CouponFields, parseTerms } from '../domain/coupon-terms.ts';
import type { CodeTries, Coupons } from '../domain/ports.ts';
import { CouponCodeTakenError } from '../errors.ts';

export interface CreateCouponDeps extends AccessDeps {
  readonly coupons: Pick<Coupons, 'add'>;
  readonly codeTries: CodeTries;
  readonly now: () => Date;
}

/**
 * Creates a coupon, of an organisation or of the marketplace.
 *
 * @throws {CouponCodeTakenError} when there is one with this code
 * @throws {CodedError} FORBIDDEN, BAD_USER_INPUT naming the field, or RATE_LIMITED after too many codes that are taken
 */
export async function createCoupon(deps: CreateCouponDeps, caller: Caller, fields: CouponFields): Promise<Coupon> {
  const createdBy = await requireManager(deps, caller, fields.organisationId ?? null);
  const createdAt = deps.now();
  const terms = parseTerms(fields, createdAt);
  // A code that is taken is one that exists: whoever looks for these here is stopped as at the till.
  const until = await deps.codeTries.count(createdBy);
  if (until !== null) {
    throw rateLimited(
      (until.getTime() - createdAt.getTime()) / 1_000,
      'Too many codes that are taken. Try again later.',
    );
  }
  const coupon = await deps.coupons.add({ ...terms, id: newId('cou'), createdBy, createdAt });
  if (coupon === null) throw new CouponCodeTakenError(terms.code);
  await deps.codeTries.forgive(createdBy);
  return coupon;
}
