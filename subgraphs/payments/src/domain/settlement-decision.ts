import type { JournalEntry } from './ledger.ts';
import { captureEntry, unappliedCaptureEntry } from './sale-entries.ts';
import { isLive, type Payment, type SettleablePayment } from './payment.ts';
import type { ProviderCharge } from './payment-provider.ts';
import type { PaymentUpdate } from './settlement.ts';

/** The effect of a reported charge on its payment. */
export type SettlementDecision =
  | { readonly kind: 'ignore' }
  | { readonly kind: 'update'; readonly update: PaymentUpdate; readonly entry: JournalEntry | null }
  /** The charge succeeded after the payment had failed or been cancelled: it is captured apart and refunded. */
  | { readonly kind: 'refund'; readonly update: PaymentUpdate; readonly entry: JournalEntry };

const IGNORE: SettlementDecision = { kind: 'ignore' };

/**
 * Decides how a reported charge settles its payment. A repeated or outdated report changes nothing.
 *
 * @throws when reference, amount or currency differ from the payment's
 */
export function decideSettlement(
  payment: SettleablePayment,
  charge: ProviderCharge,
  provider: string,
): SettlementDecision {
  assertChargeOf(payment, charge);
  const chargeId = charge.id;
  const cardFingerprint = charge.cardFingerprint ?? payment.cardFingerprint;
  if (!isLive(payment)) {
    if (charge.status !== 'SUCCEEDED' || payment.captured) return IGNORE;
    const { status, actionUrl, declineCode } = payment;
    const update = { status, chargeId, actionUrl, declineCode, cardFingerprint };
    return { kind: 'refund', update, entry: unappliedCaptureEntry(payment, provider) };
  }
  const update = { status: charge.status, chargeId, actionUrl: null, declineCode: null, cardFingerprint };
  switch (charge.status) {
    case 'SUCCEEDED':
      return { kind: 'update', update, entry: captureEntry(payment, provider) };
    case 'FAILED':
      return { kind: 'update', update: { ...update, declineCode: charge.declineCode }, entry: null };
    case 'CANCELLED':
      return { kind: 'update', update, entry: null };
    case 'REQUIRES_ACTION':
      // The provider may have moved the action page.
      if (payment.status === 'REQUIRES_ACTION' && payment.actionUrl === charge.actionUrl) return IGNORE;
      return { kind: 'update', update: { ...update, actionUrl: charge.actionUrl }, entry: null };
    case 'PROCESSING':
      if (payment.status === 'REQUIRES_ACTION' || payment.chargeId === chargeId) return IGNORE;
      return { kind: 'update', update, entry: null };
  }
}

function assertChargeOf({ id, amount: expected }: Payment, { id: chargeId, reference, amount }: ProviderCharge): void {
  if (reference === id && amount.amount === expected.amount && amount.currency === expected.currency) return;
  throw new Error(`Charge ${chargeId} of ${amount.amount} ${amount.currency} is not the charge of payment ${id}`);
}
