import { parseCode } from '../domain/coupon-code.ts';
import type { CodeTries, Coupons, OfferedCoupon } from '../domain/ports.ts';
import { CouponRejectedError } from '../errors.ts';

export interface FindCouponDeps {
  readonly coupons: Pick<Coupons, 'findOffered'>;
  readonly codeTries: CodeTries;
}

const unknown = () =>
  new CouponRejectedError({
    reason: 'UNKNOWN_CODE',
    message: 'There is no such coupon. Check the code, or book without one.',
  });

/** A customer entered too many codes that do not exist. */
export class TooManyCodesError extends Error {
  readonly until: Date;

  constructor(until: Date) {
    super('Too many codes that do not exist. Book without one, or try again later.');
    this.until = until;
  }
}

/**
 * Finds a coupon by the code that a customer entered.
 *
 * @throws {CouponRejectedError} when there is none
 * @throws {TooManyCodesError} after too many of these
 */
export async function findCoupon(deps: FindCouponDeps, text: string, customerId: string): Promise<OfferedCoupon> {
  const until = await deps.codeTries.count(customerId);
  if (until !== null) throw new TooManyCodesError(until);
  const code = parseCode(text);
  const offered = code === null ? null : await deps.coupons.findOffered(code, customerId);
  if (offered === null) throw unknown();
  await deps.codeTries.forgive(customerId);
  return offered;
}
