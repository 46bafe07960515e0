import type { Money } from '@marquee/money';

import type { RejectionReason } from '../../errors.ts';
import type { Coupon } from '../coupon.ts';
import type { Sale } from '../sale.ts';

/** A coupon that a customer wants to use for a sale. */
export interface Use {
  readonly coupon: Coupon;
  readonly sale: Sale;
  readonly discount: Money;
  /** Uses of the coupon by the customer that are reserved or redeemed. */
  readonly usedByCustomer: number;
  /** Whether the customer is a member of the organisation whose show it is; asked where the marketplace pays. */
  readonly worksForOrganiser: boolean;
}

/** Why a coupon cannot be used. */
export interface Rejection {
  readonly reason: RejectionReason;
  /** For the customer. */
  readonly message: string;
}

/** A condition of a coupon. @returns null when the use meets it */
export type Rule = (use: Use) => Rejection | null;
