import type { PaymentDispute } from './dispute.ts';
import {
  credit,
  disputeCosts,
  disputed,
  heldFor,
  type JournalEntry,
  type JournalEntryKind,
  type Posting,
  receivable,
  reversed,
  transfer,
  walletOf,
} from './ledger.ts';
import type { Payment } from './payment.ts';
import { paidTo } from './sale-entries.ts';
import type { SaleParts } from './sale.ts';

type Payer = Pick<Payment, 'customerId'>;

/** The provider takes what is disputed, and its fee; what the wallet has of it is held. */
export function disputeOpenedEntry(dispute: PaymentDispute, { customerId }: Payer, provider: string): JournalEntry {
  const { amount, fee, held } = dispute;
  const postings = [
    { account: disputed(provider, amount), amount: amount.amount },
    { account: disputeCosts(amount), amount: fee },
    { account: receivable(provider, amount), amount: -(amount.amount + fee) },
    ...transfer(walletOf({ customerId, amount }), heldFor(amount), { ...amount, amount: held }),
  ];
  return disputeEntry('DISPUTE_OPENED', dispute, null, postings);
}

/** The provider gives back what was disputed, but for its fee; so does Marquee what it held. */
export function disputeWonEntry(dispute: PaymentDispute, { customerId }: Payer, provider: string): JournalEntry {
  const { amount, held } = dispute;
  const postings = [
    ...transfer(receivable(provider, amount), disputed(provider, amount), amount),
    ...transfer(heldFor(amount), walletOf({ customerId, amount }), { ...amount, amount: held }),
  ];
  return disputeEntry('DISPUTE_WON', dispute, null, postings);
}

/**
 * Takes back a sale that was lost in a dispute, part by part as a refund does, and what the wallet got of the payment. The
 * rest is Marquee's cost: what a refund to the card had given back before, and what the wallet does not have any more.
 *
 * @param lost the parts of the sale, null where nothing was sold; and what the wallet gives beyond what is held
 */
export function disputeLostEntry(
  dispute: PaymentDispute,
  payment: Pick<Payment, 'purpose' | 'customerId' | 'sale'>,
  { parts, taken }: { readonly parts: SaleParts | null; readonly taken: number },
  provider: string,
): JournalEntry {
  const { amount, reserved, held } = dispute;
  const { currency } = amount;
  const back = parts ? paidTo({ ...payment, amount: { amount: reserved, currency } }, parts).map(reversed) : [];
  const cost = amount.amount - (parts ? reserved : 0) - held - taken;
  const postings = [
    ...back,
    { account: heldFor(amount), amount: held },
    { account: walletOf({ ...payment, amount }), amount: taken },
    { account: disputeCosts(amount), amount: cost },
    credit(disputed(provider, amount), amount),
  ];
  return disputeEntry('DISPUTE_LOST', dispute, parts && (payment.sale?.organisationId ?? null), postings);
}

function disputeEntry(
  kind: JournalEntryKind,
  { id: disputeId }: PaymentDispute,
  organisationId: string | null,
  all: readonly Posting[],
): JournalEntry {
  const postings = all.filter(({ amount }) => amount !== 0);
  return { kind, paymentId: null, refundId: null, disputeId, organisationId, postings };
}
