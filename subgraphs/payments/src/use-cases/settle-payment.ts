import { unappliedCaptureEntry, captureEntry, type JournalEntry } from '../domain/ledger.ts';
import type { LockedPayment, PaymentMove, Settlement } from '../domain/ports.ts';
import { isLive, type Payment } from '../domain/payment.ts';
import type { ProviderCharge } from '../domain/payment-provider.ts';

/** What the provider's word about a charge does to a payment. */
export type Step =
  | { readonly kind: 'nothing' }
  | { readonly kind: 'move'; readonly move: PaymentMove; readonly entry: JournalEntry | null }
  /** The charge succeeded after the payment was given up: its money is taken in apart and goes back. */
  | { readonly kind: 'give-back'; readonly move: PaymentMove; readonly entry: JournalEntry };

const NOTHING: Step = { kind: 'nothing' };

/**
 * Decides what a charge's state does to its payment. The same word twice, or an older one after a newer, does nothing.
 *
 * @throws when the charge is not what the payment asked for: nothing is settled on it
 */
export function stepFor(payment: LockedPayment, charge: ProviderCharge, provider: string): Step {
  assertSame(payment, charge);
  const chargeId = charge.id;
  if (!isLive(payment)) {
    if (charge.status !== 'SUCCEEDED' || payment.captured) return NOTHING;
    const move = { ...unchanged(payment), chargeId };
    return { kind: 'give-back', move, entry: unappliedCaptureEntry(payment, provider) };
  }
  const move = { status: charge.status, chargeId, actionUrl: null, declineCode: null };
  switch (charge.status) {
    case 'SUCCEEDED':
      return { kind: 'move', move, entry: captureEntry(payment, provider) };
    case 'FAILED':
      return { kind: 'move', move: { ...move, declineCode: charge.declineCode }, entry: null };
    case 'CANCELLED':
      return { kind: 'move', move, entry: null };
    case 'REQUIRES_ACTION':
      // The provider may have moved the page since.
      if (payment.status === 'REQUIRES_ACTION' && payment.actionUrl === charge.actionUrl) return NOTHING;
      return { kind: 'move', move: { ...move, actionUrl: charge.actionUrl }, entry: null };
    case 'PROCESSING':
      if (payment.status === 'REQUIRES_ACTION' || payment.chargeId === chargeId) return NOTHING;
      return { kind: 'move', move, entry: null };
  }
}

function assertSame(payment: Payment, charge: ProviderCharge): void {
  const { amount, currency } = charge.amount;
  const same =
    charge.reference === payment.id && amount === payment.amount.amount && currency === payment.amount.currency;
  if (!same) throw new Error(`Charge ${charge.id} of ${amount} ${currency} is not the charge of payment ${payment.id}`);
}

function unchanged({ status, chargeId, actionUrl, declineCode }: Payment): PaymentMove {
  return { status, chargeId, actionUrl, declineCode };
}

export interface SettlePaymentDeps {
  readonly providerName: string;
  readonly newRefundId: () => string;
}

/**
 * Takes down what the provider says of a payment's charge: status, ledger and events in one transaction.
 *
 * @returns the payment in its present state; null when there is none of that id
 */
export async function settlePayment(
  settlement: Settlement,
  deps: SettlePaymentDeps,
  charge: ProviderCharge,
): Promise<Payment | null> {
  const payment = await settlement.lock(charge.reference);
  if (!payment) return null;
  const step = stepFor(payment, charge, deps.providerName);
  if (step.kind === 'nothing') return payment;
  const moved = await settlement.move(payment, step.move);
  if (step.entry) await settlement.post(step.entry);
  if (step.kind === 'give-back') await giveBack(settlement, deps, moved);
  return moved;
}

async function giveBack(settlement: Settlement, deps: SettlePaymentDeps, payment: Payment): Promise<void> {
  const { id: paymentId, bookingId, customerId, amount } = payment;
  const reason = 'The card was charged after the payment had been given up.';
  await settlement.addRefund({
    id: deps.newRefundId(),
    ...{ paymentId, bookingId, customerId, amount, reason },
    method: 'CARD',
  });
}

/** Ends a payment that surely was not charged. @returns the payment in its present state */
export async function failPayment(settlement: Settlement, paymentId: string, declineCode: string): Promise<Payment> {
  const payment = await settlement.lock(paymentId);
  if (!payment) throw new Error(`There is no payment ${paymentId}`);
  if (!isLive(payment)) return payment;
  return settlement.move(payment, { status: 'FAILED', chargeId: payment.chargeId, actionUrl: null, declineCode });
}
