import { forbidden, rateLimited } from '@marquee/errors';
import type { Money } from '@marquee/money';
import { isPossibleId } from '@marquee/subgraph/ids';

import type { Holds } from '../domain/ports.ts';
import { rejectionOf } from '../domain/rules/index.ts';
import { discountOf } from '../domain/sale.ts';
import { CouponRejectedError } from '../errors.ts';
import { findCoupon, type FindCouponDeps, TooManyCodesError } from './find-coupon.ts';
import { worksForOrganiser, type WorksForOrganiserDeps } from './works-for-organiser.ts';

export interface CheckCouponDeps extends FindCouponDeps, WorksForOrganiserDeps {
  readonly holds: Holds;
  readonly now: () => Date;
}

export interface CheckCouponInput {
  readonly customerId: string;
  readonly holdId: string;
  readonly code: string;
}

/** The discount of a coupon on a hold. */
export interface CouponQuote {
  readonly code: string;
  readonly discount: Money;
  readonly totalAfterDiscount: Money;
}

/**
 * Quotes a coupon for a hold: booking says what is sold and what it then costs, by the rules of the booking itself.
 *
 * @returns null when there is no such hold
 * @throws {CouponRejectedError} when the coupon cannot be used for it
 * @throws {CodedError} FORBIDDEN for another customer's hold, RATE_LIMITED after too many unknown codes
 */
export async function checkCoupon(deps: CheckCouponDeps, input: CheckCouponInput): Promise<CouponQuote | null> {
  const { customerId, holdId, code } = input;
  const sale = isPossibleId(holdId) ? await deps.holds.find(holdId) : null;
  if (sale === null) return null;
  if (sale.customerId !== customerId) throw forbidden('This hold belongs to somebody else.');
  const offered = await findCoupon(deps, code, customerId).catch((error: unknown) => {
    if (!(error instanceof TooManyCodesError)) throw error;
    throw rateLimited((error.until.getTime() - deps.now().getTime()) / 1_000, error.message);
  });
  if (!sale.isActive) throw new CouponRejectedError(HOLD_EXPIRED);
  const discount = discountOf(offered.coupon, sale);
  const uses = { sale, discount, worksForOrganiser: await worksForOrganiser(deps, offered.coupon, sale) };
  const rejection = rejectionOf({ ...offered, ...uses });
  if (rejection) throw new CouponRejectedError(rejection);
  const totalAfterDiscount = await deps.holds.totalAfter(holdId, discount);
  return totalAfterDiscount && { code: offered.coupon.code, discount, totalAfterDiscount };
}

const HOLD_EXPIRED = {
  reason: 'HOLD_EXPIRED',
  message: 'Your seats are no longer held. Choose seats again, and then use the coupon.',
} as const;
