import type { Money } from '@marquee/money';
import type { LatestPage } from '@marquee/subgraph';

import type { Coupon, CouponFunding, CouponTerms } from './coupon.ts';
import type { Rejection } from './rules/index.ts';
import type { Sale } from './sale.ts';

export interface NewCoupon extends CouponTerms {
  readonly id: string;
  readonly createdBy: string;
  readonly createdAt: Date;
}

/** A page of coupons. */
export interface CouponPage extends LatestPage {
  readonly activeOnly: boolean;
  /** Null for all coupons, the marketplace's own among them. */
  readonly organisationIds: readonly string[] | null;
}

/** A coupon as one customer may use it. */
export interface OfferedCoupon {
  readonly coupon: Coupon;
  readonly usedByCustomer: number;
}

export interface Coupons {
  find(id: string): Promise<Coupon | null>;
  findOffered(code: string, customerId: string): Promise<OfferedCoupon | null>;
  /** @returns null when there is a coupon with this code */
  add(coupon: NewCoupon): Promise<Coupon | null>;
  /** The page, the latest first, and one beyond its limit when more follow. */
  page(page: CouponPage): Promise<Coupon[]>;
  /** Ends a coupon; one that was ended before stays so. @returns null when there is none, or its time is over */
  disable(id: string, by: string): Promise<Coupon | null>;
}

/** A coupon that is kept for a booking. */
export interface Reservation {
  readonly couponId: string;
  readonly code: string;
  readonly discount: Money;
  readonly bookBy: Date;
  readonly minimumSpend: Money | null;
  readonly titleIds: readonly string[];
  readonly fundedBy: CouponFunding;
}

export interface Redemptions {
  /** Reserves a coupon for a hold, once. The database decides between several at once. */
  reserve(coupon: Coupon, sale: Sale, discount: Money): Promise<Reservation | Rejection>;
  /** Gives the hold's reservation of this coupon time. @returns null when it has none, or the coupon has ended */
  renew(holdId: string, coupon: Coupon): Promise<Reservation | null>;
}

/** A hold as booking sells it. */
export interface HeldSale extends Sale {
  readonly isActive: boolean;
}

/** Holds, as booking answers for them. */
export interface Holds {
  find(id: string): Promise<HeldSale | null>;
  /** The price of a booking of the hold with this discount on its seats; null when the hold is gone. */
  totalAfter(id: string, discount: Money): Promise<Money | null>;
}

/** Codes that customers enter: those that do not exist count, so that nobody finds one by trying. */
export interface CodeTries {
  /** Counts a code before it is looked up. @returns when another may be entered, after too many; null otherwise */
  count(customerId: string): Promise<Date | null>;
  /** Takes back a code that exists. */
  forgive(customerId: string): Promise<void>;
}

/** A reservation that no booking is known to have followed. */
export interface OpenReservation {
  readonly holdId: string;
  /** As the database has it, to the microsecond. */
  readonly reservedAt: string;
}

/** A hold that became a booking with a coupon. */
export interface FollowedHold {
  readonly holdId: string;
  readonly bookingId: string;
}
