import type { IdempotencyRow } from '@marquee/database';

import type { LatestPage } from '@marquee/subgraph';

import type { Payment } from '../payment.ts';
import type { Settlement } from '../settlement.ts';
import type { MandateCharge, NewCharge } from './charge.ts';
import type { Invoice, NewInvoice } from './invoice.ts';
import type { Mandate, Membership, NewMandate } from './mandate.ts';
import type { MembershipPlan, NewMembershipPlan } from './membership-plan.ts';
import type { MandateChange } from './renewal.ts';

/** Which plans; null for every one. */
export interface PlansWanted {
  readonly currency: string | null;
  readonly country: string | null;
}

export interface MembershipPlans {
  findMany(ids: readonly string[]): Promise<MembershipPlan[]>;
  /** Plans by currency and price. */
  list(wanted: PlansWanted): Promise<MembershipPlan[]>;
  /** @returns EXISTS when there is a plan of this name, interval, price and country */
  create(plan: NewMembershipPlan): Promise<MembershipPlan | 'EXISTS'>;
}

/** Refusal of a membership: the customer has one, or has had a trial before. */
export type MandateRefusal = 'MEMBERSHIP_EXISTS' | 'TRIAL_USED';

export interface Mandates {
  find(id: string): Promise<Mandate | null>;
  /** Memberships that have begun and not ended, at most one a customer. */
  membershipsOf(customerIds: readonly string[]): Promise<Membership[]>;
  /** The customer's membership that awaits its first payment. */
  unpaidMembershipOf(customerId: string): Promise<Mandate | null>;
  /** The latest 100 recurring payments of each, newest first, without those whose first charge was declined. */
  recurringPaymentsOf(customerIds: readonly string[]): Promise<Mandate[]>;
  /** Counts the recurring payments of a customer that have not ended. */
  countRecurring(customerId: string): Promise<number>;
  /** Mandates for which something is due and no charge is open, longest overdue first. */
  due(now: Date, limit: number): Promise<Mandate[]>;
  hadTrial(customerId: string): Promise<boolean>;
  /** @throws {CodedError} IDEMPOTENCY_IN_PROGRESS when the key is known */
  assertNew(key: IdempotencyRow): Promise<void>;
  /** @param plan the plan of a membership */
  create(mandate: NewMandate, plan: MembershipPlan | null, key: IdempotencyRow): Promise<Mandate | MandateRefusal>;
  /**
   * Changes a mandate that is still as it was read.
   *
   * @param plan the membership's plan afterwards, where others are to know of the change
   * @returns the mandate afterwards; null when somebody else has changed it meanwhile
   */
  change(mandate: Mandate, change: MandateChange, plan: MembershipPlan | null): Promise<Mandate | null>;
  /** Emits that a trial ends soon. @param nextActionAt the end of the trial */
  announceTrialEnd(membership: Membership, plan: MembershipPlan, nextActionAt: Date): Promise<void>;
}

/** The payment of a charge. */
export interface NewMandatePayment extends Pick<
  Payment,
  'id' | 'customerId' | 'purpose' | 'amount' | 'sale' | 'deadline' | 'returnUrl' | 'offSession'
> {
  readonly instrument: ChargeableInstrument;
  readonly busyUntil: Date;
  readonly createdAt: Date;
}

/** The wallet, or a saved card with its token at the provider. */
export type ChargeableInstrument =
  | { readonly kind: 'WALLET' }
  | {
      readonly kind: 'CARD';
      readonly paymentMethodId: string;
      readonly provider: string;
      readonly source: string;
    };

export interface MandateCharges {
  /**
   * Opens a charge with its payment, unless the mandate has changed since it was read or has this charge already. A
   * payment from the wallet is settled at once.
   *
   * @param payment null when the credit covers all
   * @param key recorded with the charge's id
   * @returns null when nothing was opened
   */
  open(
    mandate: Mandate,
    charge: NewCharge,
    payment: NewMandatePayment | null,
    key?: IdempotencyRow,
  ): Promise<'OPENED' | 'INSUFFICIENT_BALANCE' | null>;
  find(id: string): Promise<MandateCharge | null>;
  latestOf(mandateId: string): Promise<MandateCharge | null>;
  hasOpen(mandateId: string): Promise<boolean>;
  /** Open charges whose payment has ended, or that need none. */
  settleable(limit: number): Promise<string[]>;
}

/** An open charge with all that its settlement needs, locked with its mandate. */
export interface LockedCharge {
  readonly charge: MandateCharge;
  readonly mandate: Mandate;
  /** Null for a charge without a payment. */
  readonly payment: Payment | null;
  /** The mandate's plan, and the one it moves to. */
  readonly plan: MembershipPlan | null;
  readonly newPlan: MembershipPlan | null;
}

/** Writes of one transaction on a mandate. They commit together or not at all. */
export interface BillingWrites {
  /** For refunds in the same transaction. */
  readonly refunds: Settlement;
  /** Locks the charge's mandate. @returns null when the charge is not open */
  lock(chargeId: string): Promise<LockedCharge | null>;
  close(charge: MandateCharge, status: 'PAID' | 'FAILED'): Promise<void>;
  /** Has the mandate charge this card of its customer from now on, unless the card is being removed. */
  keepCard(mandate: Mandate, paymentMethodId: string): Promise<void>;
  /** As {@link Mandates.change}. */
  change(mandate: Mandate, change: MandateChange, plan: MembershipPlan | null): Promise<Mandate | null>;
  /** Issues an invoice under the next number of its country. */
  issue(invoice: NewInvoice): Promise<void>;
  /** The mandate's payments that succeeded, the latest first. */
  paymentsOf(mandateId: string): Promise<Payment[]>;
  /** Lets the customer send the request that created the mandate again. */
  releaseKey(mandate: Mandate): Promise<void>;
  announceRenewal(mandate: Mandate, plan: MembershipPlan | null, amount: number): Promise<void>;
  announceFailure(mandate: Mandate, plan: MembershipPlan | null, amount: number): Promise<void>;
}

export type BillingTransaction = <T>(work: (writes: BillingWrites) => Promise<T>) => Promise<T>;

export interface Invoices {
  /** A page of each customer's invoices, the latest first, up to one more than the limit. */
  ofCustomers(customerIds: readonly string[], page: LatestPage): Promise<Invoice[]>;
}

/** A refund of an invoiced payment, in minor units. */
export interface DueCreditNote {
  readonly refundId: string;
  readonly amount: number;
  readonly tax: number;
  readonly currency: string;
  /** The invoice, with its country and number there. */
  readonly correctsId: string;
  readonly country: string;
  readonly sequence: number;
  readonly customerId: string;
  readonly chargeId: string;
}

export interface CreditNotes {
  due(limit: number): Promise<DueCreditNote[]>;
  /** Issues a note under the next number of its country; the database allows one a refund. */
  issue(note: NewInvoice): Promise<void>;
}
