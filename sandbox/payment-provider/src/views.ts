import { minorUnits } from '@marquee/money';
import type { Charge, PaymentMethod, Payout, Refund } from '@marquee/prisma-sandbox-provider';

/** A charge in the API and in webhooks. */
export interface ChargeView {
  readonly id: string;
  readonly reference: string;
  readonly status: Charge['status'];
  readonly amount: number;
  readonly currency: string;
  readonly refundedAmount: number;
  readonly declineCode: string | null;
  /** The page where the payer completes the charge; null unless it requires action. */
  readonly actionUrl: string | null;
  /** The same for every charge of one card; null for a test card that everybody shares. */
  readonly cardFingerprint: string | null;
  readonly createdAt: string;
}

/** @param publicUrl the base URL for payers */
export function chargeView(charge: Charge, publicUrl: string): ChargeView {
  const { id, reference, status, currency, declineCode, actionId, cardFingerprint, createdAt } = charge;
  const open = status === 'requires_action' && actionId !== null;
  const actionUrl = open ? `${publicUrl}/actions/${actionId}` : null;
  return {
    ...{ id, reference, status, amount: minorUnits(charge.amount), currency },
    refundedAmount: minorUnits(charge.refundedAmount),
    ...{ declineCode, actionUrl, cardFingerprint },
    createdAt: createdAt.toISOString(),
  };
}

/** A refund in the API and in webhooks; refunds succeed at once. */
export interface RefundView {
  readonly id: string;
  readonly chargeId: string;
  readonly reference: string;
  readonly status: 'succeeded';
  readonly amount: number;
  readonly currency: string;
  readonly createdAt: string;
}

export function refundView({ id, chargeId, reference, amount, currency, createdAt }: Refund): RefundView {
  return {
    ...{ id, chargeId, reference, status: 'succeeded', amount: minorUnits(amount), currency },
    createdAt: createdAt.toISOString(),
  };
}

/** A payout in the API and in webhooks. */
export interface PayoutView {
  readonly id: string;
  readonly reference: string;
  readonly destination: string;
  readonly status: Payout['status'];
  readonly amount: number;
  readonly currency: string;
  readonly failureCode: string | null;
  readonly arrivesAt: string;
  readonly createdAt: string;
}

export function payoutView({ id, reference, destination, status, ...payout }: Payout): PayoutView {
  const { amount, currency, failureCode, arrivesAt, createdAt } = payout;
  return {
    ...{ id, reference, destination, status, amount: minorUnits(amount), currency, failureCode },
    ...{ arrivesAt: arrivesAt.toISOString(), createdAt: createdAt.toISOString() },
  };
}

/** A saved card in the API. */
export function paymentMethodView(method: PaymentMethod): object {
  const { id, brand, last4, expiryMonth, expiryYear, createdAt } = method;
  return { id, brand, last4, expiryMonth, expiryYear, createdAt: createdAt.toISOString() };
}
