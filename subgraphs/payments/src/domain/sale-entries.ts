import type { Money } from '@marquee/money';

import {
  credit,
  type JournalEntry,
  type Posting,
  promotions,
  receivable,
  reversed,
  transfer,
  unapplied,
  walletOf,
} from './ledger.ts';
import { isTopUp, type Payment } from './payment.ts';
import type { Refund } from './refund.ts';
import { partsOf, type Sale, type SaleParts } from './sale.ts';

type Captured = Pick<Payment, 'id' | 'customerId' | 'purpose' | 'method' | 'amount' | 'sale'>;

/** Capture of a payment. @param provider the provider that charged the card */
export function captureEntry(payment: Captured, provider: string): JournalEntry {
  const { id: paymentId, amount, purpose, method, sale } = payment;
  const from = method === 'CARD' ? receivable(provider, amount) : walletOf(payment);
  const to = paidTo(payment, sale && partsOf(sale));
  const kind = isTopUp(purpose) ? 'WALLET_TOP_UP' : method === 'CARD' ? 'CARD_PAYMENT' : 'WALLET_PAYMENT';
  const postings = [{ account: from, amount: amount.amount }, ...to];
  return { kind, paymentId, refundId: null, organisationId: sale?.organisationId ?? null, postings };
}

/** Capture for a failed or cancelled payment, held apart until it is refunded. */
export function unappliedCaptureEntry({ id, amount }: Captured, provider: string): JournalEntry {
  const postings = transfer(receivable(provider, amount), unapplied(amount), amount);
  return { kind: 'UNAPPLIED_CAPTURE', paymentId: id, refundId: null, organisationId: null, postings };
}

/** Refund of a payment, to the method it was made with or to the wallet. */
export function refundEntry(
  refund: Refund,
  payment: Pick<Payment, 'status' | 'purpose' | 'sale'>,
  provider: string,
): JournalEntry {
  const { id, paymentId, amount, method, parts } = refund;
  const to = method === 'WALLET' ? walletOf(refund) : receivable(provider, amount);
  const common = { paymentId, refundId: id };
  if (payment.status !== 'SUCCEEDED') {
    const postings = transfer(unapplied(amount), to, amount);
    return { ...common, kind: 'UNAPPLIED_REFUND', organisationId: null, postings };
  }
  const { sale } = payment;
  const back = paidTo({ ...refund, purpose: payment.purpose, sale }, parts);
  const postings = [...back.map(reversed), credit(to, amount)];
  const kind = method === 'WALLET' ? 'WALLET_REFUND' : 'CARD_REFUND';
  return { ...common, kind, organisationId: sale?.organisationId ?? null, postings };
}

/** Credits everybody's part of an amount, and debits Marquee's expense for it. @param parts null when only the amount is known */
export function paidTo(
  payment: Pick<Payment, 'purpose' | 'customerId' | 'amount' | 'sale'>,
  parts: SaleParts | null,
): Posting[] {
  const { purpose, amount, sale } = payment;
  const { currency } = amount;
  if (isTopUp(purpose)) return [credit(walletOf(payment), amount)];
  const own = { kind: purpose === 'MEMBERSHIP' ? 'MEMBERSHIP_REVENUE' : 'FEE_REVENUE', currency } as const;
  if (sale === null || parts === null) {
    return [credit(purpose === 'MEMBERSHIP' ? own : { kind: 'BOOKING_SALES', currency }, amount)];
  }
  const postings: Posting[] = [
    ...venuePart(sale, parts, currency),
    { account: own, amount: -parts.fees },
    { account: { kind: 'TAX_PAYABLE', country: sale.country, currency }, amount: -parts.tax },
    { account: promotions(amount), amount: parts.promotion },
  ];
  return postings.filter((posting) => posting.amount !== 0);
}

function venuePart({ organisationId, showId }: Sale, { venue }: SaleParts, currency: string): Posting[] {
  if (organisationId === undefined || showId === undefined) return [];
  return [{ account: { kind: 'VENUE_PENDING', organisationId, showId, currency }, amount: -venue }];
}

/** A show that seats were sold for. */
export type SoldShow = Required<Pick<Sale, 'showId' | 'organisationId'>>;

/** Moves what a booking pays from one show to the show that it was moved to. */
export function saleMovedEntry(from: SoldShow, to: SoldShow, amount: Money): JournalEntry {
  const { currency } = amount;
  const pending = ({ showId, organisationId }: SoldShow) =>
    ({ kind: 'VENUE_PENDING', organisationId, showId, currency }) as const;
  const postings = transfer(pending(from), pending(to), amount);
  return { kind: 'SALE_MOVED', paymentId: null, refundId: null, organisationId: from.organisationId, postings };
}
