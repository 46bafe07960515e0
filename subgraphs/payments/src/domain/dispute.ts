import type { Money } from '@marquee/money';

import type { Payment } from './payment.ts';
import type { ProviderDispute } from './payment-provider.ts';
import type { SaleParts } from './sale.ts';

export type DisputeOutcome = 'WON' | 'LOST';

/** A chargeback: the customer's bank takes a payment back, until it is decided whose the money is. */
export interface PaymentDispute {
  readonly id: string;
  readonly paymentId: string;
  readonly providerRef: string;
  readonly amount: Money;
  /** Charged by the provider whatever the outcome, in minor units of the amount's currency. */
  readonly fee: number;
  /** The bank's, as the provider codes it. */
  readonly reason: string;
  readonly status: 'OPEN' | DisputeOutcome;
  /** The part of the amount that no refund had given back before; it cannot be refunded while it is disputed. */
  readonly reserved: number;
}

/** Disputes of payments, in a transaction that has locked the payment. */
export interface Disputes {
  /** Locks the payment of a charge, and the others that pay its booking, until the transaction ends. */
  lockPaymentOf(provider: string, chargeId: string): Promise<Payment | null>;
  find(provider: string, providerRef: string): Promise<PaymentDispute | null>;
  isOpenFor(paymentId: string): Promise<boolean>;
  /** Adds an open dispute, reserves its amount on the payment, and emits `payment.disputed`. */
  open(dispute: PaymentDispute, payment: Payment, provider: string): Promise<void>;
  /**
   * Closes an open dispute, and emits `payment.dispute-closed`. What is won can be refunded again.
   *
   * @param parts what a lost one takes from each part of the sale; null where nothing was sold
   */
  close(dispute: PaymentDispute, payment: Payment, outcome: DisputeOutcome, parts: SaleParts | null): Promise<void>;
}

/** The dispute of a payment as the provider reports it. @throws when it is in another currency than the payment */
export function openedDispute(
  id: string,
  { id: paymentId, amount: paid, refundedAmount }: Payment,
  { id: providerRef, amount, fee, reason }: ProviderDispute,
): PaymentDispute {
  if (amount.currency !== paid.currency) throw new Error(`Dispute ${providerRef} is in ${amount.currency}`);
  const reserved = Math.min(amount.amount, paid.amount - refundedAmount);
  return { id, paymentId, providerRef, amount, fee, reason, status: 'OPEN', reserved };
}
