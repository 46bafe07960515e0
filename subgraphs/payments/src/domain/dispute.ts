import type { Money } from '@marquee/money';

import { isTopUp, type Payment } from './payment.ts';
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
  /** The part of the amount that the customer's wallet got, which a lost dispute takes back. */
  readonly claimed: number;
  /** The part of that which the wallet had when the dispute was opened. It is held until the dispute is closed. */
  readonly held: number;
}

/** The amounts that a lost dispute takes. */
export interface LostDispute {
  /** From each part of the sale; null where nothing was sold. */
  readonly parts: SaleParts | null;
  /** The part of the claim that the wallet did not have, in minor units: a trigger takes it from what is credited next. */
  readonly owed: number;
}

/** Disputes of payments, in a transaction that has locked the payment. */
export interface Disputes {
  /** Locks the payment of a charge, and the others that pay its booking, until the transaction ends. */
  lockPaymentOf(provider: string, chargeId: string): Promise<Payment | null>;
  find(provider: string, providerRef: string): Promise<PaymentDispute | null>;
  isOpenFor(paymentId: string): Promise<boolean>;
  /** The amount that refunds of the payment brought to the wallet, or will, in minor units. */
  refundedToWallet(paymentId: string): Promise<number>;
  /** The part of an amount that the payment's wallet has. Locks the wallet until the transaction ends. */
  available(payment: Payment, amount: number): Promise<number>;
  /** Adds an open dispute, reserves its amount on the payment, and emits `payment.disputed`. */
  open(dispute: PaymentDispute, payment: Payment, provider: string): Promise<void>;
  /**
   * Closes an open dispute, and emits `payment.dispute-closed`. What is won can be refunded again.
   *
   * @param lost what a lost one takes from each part of the sale, null where nothing was sold; and what the wallet owes
   */
  close(dispute: PaymentDispute, payment: Payment, lost: LostDispute | null): Promise<void>;
}

/** The dispute of a payment as the provider reports it. @throws when it is in another currency than the payment */
export function openedDispute(
  id: string,
  { id: paymentId, amount: paid, refundedAmount }: Payment,
  { id: providerRef, amount, fee, reason }: ProviderDispute,
): PaymentDispute {
  if (amount.currency !== paid.currency) throw new Error(`Dispute ${providerRef} is in ${amount.currency}`);
  const reserved = Math.min(amount.amount, paid.amount - refundedAmount);
  return { id, paymentId, providerRef, amount, fee, reason, status: 'OPEN', reserved, claimed: 0, held: 0 };
}

/**
 * The part of a disputed amount that the customer's wallet got: of a top-up all that was not given back, of any other
 * payment what was refunded to the wallet. Otherwise a customer would have it twice, there and at the bank.
 */
export function claimOnWallet(
  { amount, reserved }: Pick<PaymentDispute, 'amount' | 'reserved'>,
  { purpose, status }: Pick<Payment, 'purpose' | 'status'>,
  refundedToWallet: number,
): number {
  if (isTopUp(purpose) && status === 'SUCCEEDED') return reserved;
  return Math.min(refundedToWallet, amount.amount - reserved);
}
