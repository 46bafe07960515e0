import type { Money } from '@marquee/money';

import type { Payment } from './payment.ts';
import type { Refund } from './refund.ts';

/** An account of the double-entry ledger. */
export type LedgerAccount =
  /** Owed to Marquee by a provider: an asset. */
  | { readonly kind: 'PROVIDER_RECEIVABLE'; readonly provider: string; readonly currency: string }
  /** Owed to a customer: a liability. */
  | { readonly kind: 'CUSTOMER_WALLET'; readonly customerId: string; readonly currency: string }
  /** Paid for bookings and not yet paid out: a liability. */
  | { readonly kind: 'BOOKING_SALES'; readonly currency: string }
  /** Captured for a failed or cancelled payment: a liability until refunded. */
  | { readonly kind: 'UNAPPLIED_CAPTURES'; readonly currency: string };

export type JournalEntryKind =
  | 'CARD_PAYMENT'
  | 'WALLET_PAYMENT'
  | 'WALLET_TOP_UP'
  | 'CARD_REFUND'
  | 'WALLET_REFUND'
  | 'UNAPPLIED_CAPTURE'
  | 'UNAPPLIED_REFUND';

/** One side of an entry, in minor units of its account's currency: debits are positive, credits negative. */
export interface Posting {
  readonly account: LedgerAccount;
  readonly amount: number;
}

/** A journal entry, whose postings sum to zero. */
export interface JournalEntry {
  readonly kind: JournalEntryKind;
  readonly paymentId: string;
  readonly refundId: string | null;
  readonly postings: readonly Posting[];
}

type Captured = Pick<Payment, 'id' | 'customerId' | 'purpose' | 'method' | 'amount'>;

/** An account's id, derived from what it counts so that posting needs no look-up. */
export function accountId(account: LedgerAccount): string {
  switch (account.kind) {
    case 'PROVIDER_RECEIVABLE':
      return `receivable:${account.provider}:${account.currency}`;
    case 'CUSTOMER_WALLET':
      return `wallet:${account.customerId}:${account.currency}`;
    case 'BOOKING_SALES':
      return `sales:${account.currency}`;
    case 'UNAPPLIED_CAPTURES':
      return `unapplied:${account.currency}`;
  }
}

/** Capture of a payment. @param provider the provider that charged the card */
export function captureEntry(payment: Captured, provider: string): JournalEntry {
  const { amount, purpose, method } = payment;
  const from = method === 'CARD' ? receivable(provider, amount) : walletOf(payment);
  const to = purpose === 'BOOKING' ? sales(amount) : walletOf(payment);
  const kind = purpose === 'WALLET_TOP_UP' ? 'WALLET_TOP_UP' : method === 'CARD' ? 'CARD_PAYMENT' : 'WALLET_PAYMENT';
  return { kind, paymentId: payment.id, refundId: null, postings: transfer(from, to, amount) };
}

/** Capture for a failed or cancelled payment, held apart until it is refunded. */
export function unappliedCaptureEntry({ id, amount }: Captured, provider: string): JournalEntry {
  const postings = transfer(receivable(provider, amount), unapplied(amount), amount);
  return { kind: 'UNAPPLIED_CAPTURE', paymentId: id, refundId: null, postings };
}

/** Refund to the method the payment was made with. */
export function refundEntry(
  refund: Refund,
  payment: Pick<Payment, 'status' | 'purpose'>,
  provider: string,
): JournalEntry {
  const { id, paymentId, amount, method } = refund;
  const applied = payment.status === 'SUCCEEDED';
  const earned = payment.purpose === 'BOOKING' ? sales(amount) : walletOf(refund);
  const from = applied ? earned : unapplied(amount);
  const to = method === 'WALLET' ? walletOf(refund) : receivable(provider, amount);
  const kind = !applied ? 'UNAPPLIED_REFUND' : method === 'WALLET' ? 'WALLET_REFUND' : 'CARD_REFUND';
  return { kind, paymentId, refundId: id, postings: transfer(from, to, amount) };
}

/** Debits one account and credits the other. */
function transfer(debit: LedgerAccount, credit: LedgerAccount, { amount }: Money): readonly Posting[] {
  return [
    { account: debit, amount },
    { account: credit, amount: -amount },
  ];
}

const receivable = (provider: string, { currency }: Money): LedgerAccount => ({
  kind: 'PROVIDER_RECEIVABLE',
  provider,
  currency,
});
const walletOf = ({ customerId, amount: { currency } }: { customerId: string; amount: Money }): LedgerAccount => ({
  kind: 'CUSTOMER_WALLET',
  customerId,
  currency,
});
const sales = ({ currency }: Money): LedgerAccount => ({ kind: 'BOOKING_SALES', currency });
const unapplied = ({ currency }: Money): LedgerAccount => ({ kind: 'UNAPPLIED_CAPTURES', currency });
