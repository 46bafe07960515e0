import type { Money } from '@marquee/money';

import type { Sale } from './sale.ts';

export type PaymentStatus = 'REQUIRES_ACTION' | 'PROCESSING' | 'SUCCEEDED' | 'FAILED' | 'CANCELLED';
export type PaymentPurpose = 'BOOKING' | 'WALLET_TOP_UP' | 'MEMBERSHIP' | 'RECURRING';
export type PaymentMethodKind = 'CARD' | 'WALLET';

/** Whether a payment adds to a wallet: a recurring one does, too. */
export const isTopUp = (purpose: PaymentPurpose): boolean => purpose === 'WALLET_TOP_UP' || purpose === 'RECURRING';

/** An attempt to collect money from a customer. Its customer, amount and purpose never change. */
export interface Payment {
  readonly id: string;
  readonly customerId: string;
  readonly purpose: PaymentPurpose;
  /** Null for a top-up. */
  readonly bookingId: string | null;
  readonly method: PaymentMethodKind;
  readonly amount: Money;
  /** The sale it pays for, and to whom that is owed; null for a top-up, and where events did not carry it. */
  readonly sale: Sale | null;
  readonly status: PaymentStatus;
  /** Grows with each change of the status. */
  readonly version: number;
  /** Refunded or reserved for pending refunds, in minor units. */
  readonly refundedAmount: number;
  /** The provider's token of the card; null once the payment is settled. */
  readonly cardSource: string | null;
  /** Tells one card from another, whoever uses it; null where the provider does not say, and for the wallet. */
  readonly cardFingerprint: string | null;
  /** The provider's id of the charge; null until the provider has answered. */
  readonly chargeId: string | null;
  readonly actionUrl: string | null;
  /** Where the provider's page sends the customer afterwards. */
  readonly returnUrl: string | null;
  /** Whether a mandate is charged without its customer being there. */
  readonly offSession: boolean;
  /** Why the payment failed: the provider's code, or one of {@link INTERNAL_DECLINE_CODES}. */
  readonly declineCode: string | null;
  /** The customer can complete the payment until then. */
  readonly deadline: Date;
  /** The request that created the payment may still be charging it until then; null once it has finished. */
  readonly busyUntil: Date | null;
  readonly createdAt: Date;
}

/** A payment as a settlement reads it. */
export interface SettleablePayment extends Payment {
  /** Whether the capture is in the ledger. */
  readonly captured: boolean;
}

/** A payment to create. */
export type NewPayment = Pick<
  Payment,
  'id' | 'customerId' | 'purpose' | 'bookingId' | 'amount' | 'sale' | 'deadline' | 'createdAt'
>;

/** The customer who pays. */
interface Payer {
  /** When they last proved who they are. */
  readonly signedInAt: Date;
}

/** A top-up of a wallet to create. */
export type NewTopUp = NewCardPayment & Payer;

/** A wallet payment of a booking to create. */
export interface NewWalletPayment extends NewPayment, Payer {
  readonly bookingId: string;
}

/** The charge of a card payment to create. */
interface NewCharge {
  readonly provider: string;
  readonly cardSource: string;
  readonly returnUrl: string | null;
  readonly busyUntil: Date;
}

/** A card payment to create. */
export interface NewCardPayment extends NewPayment, NewCharge {}

/** A card payment of a booking to create. Its amount and deadline are the booking's. */
export interface NewBookingPayment extends NewCharge, Payer, Pick<Payment, 'id' | 'customerId' | 'createdAt'> {
  readonly bookingId: string;
}

/** Decline codes of failures that no provider reported. */
export const INTERNAL_DECLINE_CODES = {
  /** The provider was unreachable and charged nothing. */
  unavailable: 'provider_unavailable',
  /** The charge never reached the provider before the deadline. */
  expired: 'expired',
} as const;

/** How long a request may spend on its charge before the reconciler takes over: longer than all its attempts together. */
export const BUSY_MS = 15_000;

/** Whether the outcome is still open. */
export function isLive({ status }: Pick<Payment, 'status'>): boolean {
  return status === 'PROCESSING' || status === 'REQUIRES_ACTION';
}
