import type { Money } from './money.ts';
import type { Payment } from './payment.ts';
import type { Refund } from './refund.ts';

/** Whose money a ledger account counts. */
export type LedgerAccount =
  /** What a provider owes us: an asset. */
  | { readonly kind: 'PROVIDER_RECEIVABLE'; readonly provider: string; readonly currency: string }
  /** What we owe a customer: a liability. */
  | { readonly kind: 'CUSTOMER_WALLET'; readonly customerId: string; readonly currency: string }
  /** What was paid for bookings, and not shared out yet: a liability. */
  | { readonly kind: 'BOOKING_SALES'; readonly currency: string }
  /** What came in for a payment that we had given up: a liability until it is given back. */
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

/** A movement of money. Its postings sum to zero: what one account gives, another takes. */
export interface JournalEntry {
  readonly kind: JournalEntryKind;
  readonly paymentId: string;
  readonly refundId: string | null;
  readonly postings: readonly Posting[];
}

type Paid = Pick<Payment, 'id' | 'customerId' | 'purpose' | 'method' | 'amount'>;

/** The accounts' ids say what they count, so that none has to be looked up. */
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

/** A payment's money comes in. @param provider who charged the card */
export function captureEntry(payment: Paid, provider: string): JournalEntry {
  const { amount, purpose, method } = payment;
  const from = method === 'CARD' ? receivable(provider, amount) : walletOf(payment);
  const to = purpose === 'BOOKING' ? sales(amount) : walletOf(payment);
  const kind = purpose === 'WALLET_TOP_UP' ? 'WALLET_TOP_UP' : method === 'CARD' ? 'CARD_PAYMENT' : 'WALLET_PAYMENT';
  return { kind, paymentId: payment.id, refundId: null, postings: transfer(from, to, amount) };
}

/** Money comes in for a payment that we had given up: it is kept apart until it goes back. */
export function unappliedCaptureEntry({ id, amount }: Paid, provider: string): JournalEntry {
  const postings = transfer(receivable(provider, amount), unapplied(amount), amount);
  return { kind: 'UNAPPLIED_CAPTURE', paymentId: id, refundId: null, postings };
}

/** A refund's money goes out, by the way the payment's came in. */
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
