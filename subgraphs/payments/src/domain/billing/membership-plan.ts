import type { Money } from '@marquee/money';

import type { BillingInterval } from './calendar.ts';

/** A member's benefits on bookings. */
export interface MembershipBenefits {
  /** Cancellations in each period that are refunded in full. */
  readonly freeCancellations: number;
  /** From 0 to 100. */
  readonly bookingFeePercentOff: number;
}

/** A plan that customers can subscribe to. It never changes: a new price is a new plan. */
export interface MembershipPlan {
  readonly id: string;
  readonly name: string;
  readonly description: string;
  readonly interval: BillingInterval;
  /** For each interval, tax included. */
  readonly price: Money;
  /** ISO 3166: its tax is in the price, and its series numbers the invoices. */
  readonly country: string;
  /** Free days before the first charge; 0 for none. */
  readonly trialDays: number;
  readonly benefits: MembershipBenefits;
}

/** A plan to create. */
export interface NewMembershipPlan extends MembershipPlan {
  readonly createdBy: string;
  readonly createdAt: Date;
}
