import type { IdempotencyRow } from '@marquee/database';

import type { Disputes } from './dispute.ts';
import type { JournalEntry } from './ledger.ts';
import type { Payment, PaymentStatus, SettleablePayment } from './payment.ts';
import type { Finding, PaymentReview, PaymentReviewDecision } from './payment-review.ts';
import type { NewRefund, Refund, RefundStatus } from './refund.ts';
import type { SaleParts, SoldPrice } from './sale.ts';

/** The status of a payment and the fields that change with it. */
export interface PaymentUpdate {
  readonly status: PaymentStatus;
  readonly chargeId: string | null;
  readonly actionUrl: string | null;
  readonly declineCode: string | null;
  readonly cardFingerprint: string | null;
}

/** A change of a payment with all that belongs to it. */
export interface PaymentChange {
  readonly update: PaymentUpdate;
  readonly entry: JournalEntry | null;
  /** Refunds a capture that came after the payment had ended. */
  readonly refund?: NewRefund;
  /** Lets the customer try the payment's request again with the same idempotency key. */
  readonly releasesKey?: boolean;
}

/** Reads payments and settles them, by one statement each. No lock outlives a statement. */
export interface PaymentSettlement {
  find(id: string): Promise<SettleablePayment | null>;
  /**
   * Writes status, ledger entry, refund and events, all or none.
   *
   * @returns the payment afterwards; null when it is no longer as it was read, and nothing was written
   */
  change(payment: SettleablePayment, change: PaymentChange): Promise<Payment | null>;
}

/** Final state of a refund. */
export interface RefundOutcome {
  readonly status: Exclude<RefundStatus, 'PENDING'>;
  /** The provider's id of the refund; null for the wallet, or when the provider has none. */
  readonly providerRef: string | null;
  /** Why it failed. */
  readonly failure: string | null;
}

/** A staff decision on refunds of one booking that were refused. */
export interface FailedRefundDecision extends Pick<PaymentReviewDecision, 'outcome' | 'reason' | 'decidedBy'> {
  readonly refundIds: readonly string[];
}

/** The sale that the payments of one booking pay for. */
export interface SoldParts {
  readonly sales: readonly SoldPrice[];
  readonly refunded: SaleParts;
}

/** Writes of one transaction of a refund. Status, ledger entries and events commit together or not at all. */
export interface Settlement {
  readonly disputes: Disputes;
  /** Locks the payment, and the others that pay its booking, until the transaction ends. */
  lockPayment(id: string): Promise<Payment | null>;
  /** Records the idempotency key of the request that makes the refund. */
  recordKey(idempotency: IdempotencyRow, refundId: string): Promise<void>;
  post(entry: JournalEntry): Promise<void>;
  /** The sales that the payment and the others of its booking pay, and what refunds took of each part; failed ones nothing. */
  sold(payment: Pick<Payment, 'id' | 'bookingId'>): Promise<SoldParts>;
  /** Creates a pending refund and reserves its amount on the payment. */
  createRefund(refund: NewRefund): Promise<Refund>;
  /** Locks the refund after its payment. */
  lockRefund(id: string): Promise<Refund | null>;
  /** Whether staff have yet to decide on a refund of the locked payment that the provider refused. */
  hasUndecidedRefund(paymentId: string): Promise<boolean>;
  /** Asks staff to decide on a difference from the provider, unless it is known. */
  openReview(provider: string, finding: Finding): Promise<void>;
  /** Records a decision on the open reviews of failed refunds. @returns those reviews, with that decision alone */
  decideFailedRefunds(
    decision: FailedRefundDecision,
  ): Promise<readonly Pick<PaymentReview, 'id' | 'paymentId' | 'ours' | 'decisions'>[]>;
  /** Closes a review whose decision is carried out in this transaction. @returns false when it is closed already */
  closeReview(id: string): Promise<boolean>;
  /** Closes a pending refund; a failed one releases the amount it reserved. */
  closeRefund(refund: Refund, outcome: RefundOutcome): Promise<void>;
}

/** Runs `work` in one transaction. */
export type SettlementTransaction = <T>(work: (settlement: Settlement) => Promise<T>) => Promise<T>;
