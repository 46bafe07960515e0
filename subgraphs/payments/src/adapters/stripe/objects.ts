import type Stripe from 'stripe';

import type { ProviderCharge, ProviderDispute, ProviderPayout, ProviderRefund } from '../../domain/payment-provider.ts';
import { fromStripe } from './amounts.ts';

const CHARGE_STATUS: Readonly<Record<string, ProviderCharge['status']>> = {
  succeeded: 'SUCCEEDED',
  requires_action: 'REQUIRES_ACTION',
  canceled: 'CANCELLED',
};

/**
 * A PaymentIntent that needs another card after an attempt has failed: a payment has one attempt. Without an error there
 * was none yet, as in the event that tells of its creation.
 */
function statusOf({ status, last_payment_error: error }: Stripe.PaymentIntent): ProviderCharge['status'] {
  if (status === 'requires_payment_method' && error) return 'FAILED';
  return CHARGE_STATUS[status] ?? 'PROCESSING';
}

export function toCharge(intent: Stripe.PaymentIntent): ProviderCharge {
  const status = statusOf(intent);
  const error = intent.last_payment_error;
  return {
    ...{ id: intent.id, reference: intent.metadata['reference'] ?? '', status },
    amount: fromStripe(intent.amount, intent.currency),
    declineCode: status === 'FAILED' ? declineCodeOf(error?.decline_code, error?.code) : null,
    actionUrl: status === 'REQUIRES_ACTION' ? (intent.next_action?.redirect_to_url?.url ?? null) : null,
    cardFingerprint: fingerprintOf(intent),
  };
}

/** Of the card, where Stripe gives it: in the answer to a charge, and with a decline. */
function fingerprintOf({ payment_method: method, last_payment_error: error }: Stripe.PaymentIntent): string | null {
  const card = typeof method === 'object' ? method?.card : undefined;
  return card?.fingerprint ?? error?.payment_method?.card?.fingerprint ?? null;
}

/** The issuer's reason, else Stripe's code, by the names that our messages know. */
export function declineCodeOf(decline: string | undefined, code: string | undefined): string | null {
  if (code === 'expired_card') return code;
  if (code === 'payment_intent_authentication_failure') return 'authentication_failed';
  if (code === 'resource_missing') return 'invalid_card';
  return decline ?? code ?? null;
}

const REFUND_STATUS: Readonly<Record<string, ProviderRefund['status']>> = {
  succeeded: 'SUCCEEDED',
  failed: 'FAILED',
  canceled: 'FAILED',
};

export function toRefund(refund: Stripe.Refund): ProviderRefund {
  const { id, metadata, payment_intent: intent, amount, currency, status } = refund;
  return {
    ...{ id, reference: metadata?.['reference'] ?? '', amount: fromStripe(amount, currency) },
    chargeId: (typeof intent === 'string' ? intent : intent?.id) ?? '',
    status: REFUND_STATUS[status ?? ''] ?? 'PENDING',
  };
}

const DISPUTE_STATUS: Readonly<Record<string, ProviderDispute['status']>> = {
  needs_response: 'OPEN',
  under_review: 'OPEN',
  won: 'WON',
  lost: 'LOST',
};

/** A dispute; null for an inquiry, which takes no money. A fee in another currency is left to Stripe's statement. */
export function toDispute(dispute: Stripe.Dispute): ProviderDispute | null {
  const { id, payment_intent: intent, amount, currency, reason, balance_transactions: moved } = dispute;
  const status = DISPUTE_STATUS[dispute.status];
  const chargeId = typeof intent === 'string' ? intent : intent?.id;
  if (status === undefined || chargeId === undefined) return null;
  const fees = moved.filter((transaction) => transaction.currency === currency && transaction.fee > 0);
  const fee = fees.reduce((sum, transaction) => sum + fromStripe(transaction.fee, currency).amount, 0);
  return { ...{ id, chargeId, reason, status, fee }, amount: fromStripe(amount, currency) };
}

/** A transfer to a connected account is there at once; Stripe pays it on to the bank. */
export function toPayout(transfer: Stripe.Transfer): ProviderPayout {
  const { id, metadata, amount, currency, reversed, created } = transfer;
  return {
    ...{ id, reference: metadata['reference'] ?? '', amount: fromStripe(amount, currency) },
    ...{ status: reversed ? 'FAILED' : 'PAID', failure: reversed ? 'reversed' : null },
    arrivesAt: new Date(created * 1_000),
  };
}
