import type { JournalEntry } from './ledger.ts';
import type { Payment, PaymentStatus } from './payment.ts';
import type { ReceivedEvent } from './payment-provider.ts';
import type { NewRefund, Refund, RefundStatus } from './refund.ts';

/** The status of a payment and the fields that change with it. */
export interface PaymentUpdate {
  readonly status: PaymentStatus;
  readonly chargeId: string | null;
  readonly actionUrl: string | null;
  readonly declineCode: string | null;
}

export interface LockedPayment extends Payment {
  /** Whether the capture is in the ledger. */
  readonly captured: boolean;
}

/** Final state of a refund. */
export interface RefundOutcome {
  readonly status: Exclude<RefundStatus, 'PENDING'>;
  /** The provider's id of the refund; null for the wallet, or when the provider has none. */
  readonly providerRef: string | null;
  /** Why it failed. */
  readonly failure: string | null;
}

/** Writes of one settlement transaction. Status, ledger entries and events commit together or not at all. */
export interface Settlement {
  /** Locks the payment until the transaction ends. */
  lockPayment(id: string): Promise<LockedPayment | null>;
  updatePayment(payment: Payment, update: PaymentUpdate): Promise<Payment>;
  /** Lets the customer try the payment's request again with the same idempotency key. */
  releaseIdempotencyKey(payment: Payment): Promise<void>;
  post(entry: JournalEntry): Promise<void>;
  /** Creates a pending refund and reserves its amount on the payment. */
  createRefund(refund: NewRefund): Promise<Refund>;
  /** Locks the refund after its payment. */
  lockRefund(id: string): Promise<Refund | null>;
  /** Closes a pending refund; a failed one releases the amount it reserved. */
  closeRefund(refund: Refund, outcome: RefundOutcome): Promise<void>;
  /** Records a provider's event. @returns false when it was recorded before */
  recordEvent(provider: string, event: ReceivedEvent): Promise<boolean>;
}

/** Runs `work` in one transaction. */
export type SettlementTransaction = <T>(work: (settlement: Settlement) => Promise<T>) => Promise<T>;
