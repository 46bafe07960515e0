import { UserError } from '@marquee/errors';

export type RejectionReason =
  | 'UNKNOWN_CODE'
  | 'TOO_MANY_CODES'
  | 'NOT_STARTED'
  | 'EXPIRED'
  | 'EXHAUSTED'
  | 'USED_BY_CUSTOMER'
  | 'UNPAID_BOOKING'
  | 'MINIMUM_SPEND'
  | 'OTHER_TITLE'
  | 'OTHER_CITY'
  | 'OTHER_ORGANISER'
  | 'OTHER_CURRENCY'
  | 'NOT_FIRST_BOOKING'
  | 'HOLD_EXPIRED'
  | 'OTHER_COUPON';

/** The coupon cannot be used for the hold. */
export class CouponRejectedError extends UserError {
  readonly __typename = 'CouponRejectedError';
  readonly reason: RejectionReason;

  constructor({ reason, message }: { readonly reason: RejectionReason; readonly message: string }) {
    super(message);
    this.reason = reason;
  }
}

/** There is a coupon with this code. */
export class CouponCodeTakenError extends UserError {
  readonly __typename = 'CouponCodeTakenError';

  constructor(code: string) {
    super(`There is a coupon ${code} already. Choose another code.`);
  }
}

/** The coupon's time is over. */
export class CouponEndedError extends UserError {
  readonly __typename = 'CouponEndedError';

  constructor() {
    super('This coupon has expired: nobody can use it any more.');
  }
}
