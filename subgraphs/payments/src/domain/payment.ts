import type { Money } from './money.ts';

export type PaymentStatus = 'REQUIRES_ACTION' | 'PROCESSING' | 'SUCCEEDED' | 'FAILED' | 'CANCELLED';
export type PaymentPurpose = 'BOOKING' | 'WALLET_TOP_UP';
export type PaymentMethodKind = 'CARD' | 'WALLET';

/** An attempt to move money from a customer to us. Who pays how much for what never changes. */
export interface Payment {
  readonly id: string;
  readonly customerId: string;
  readonly purpose: PaymentPurpose;
  /** Null for a top-up. */
  readonly bookingId: string | null;
  readonly method: PaymentMethodKind;
  readonly amount: Money;
  readonly status: PaymentStatus;
  /** What is given back, or about to be, in minor units. */
  readonly refundedAmount: number;
  /** The provider's token of the card; null once the payment is settled. */
  readonly cardSource: string | null;
  /** The provider's id of the charge; null until the provider answered. */
  readonly chargeId: string | null;
  readonly actionUrl: string | null;
  /** Why the payment failed: the provider's code, or one of {@link OWN_DECLINE_CODES}. */
  readonly declineCode: string | null;
  /** Until when the customer may complete it. */
  readonly deadline: Date;
  /** Until when the request that began it is taken to be at it; null once it has its answer. */
  readonly busyUntil: Date | null;
  readonly createdAt: Date;
}

/** A payment to begin. */
export type NewPayment = Pick<
  Payment,
  'id' | 'customerId' | 'purpose' | 'bookingId' | 'amount' | 'deadline' | 'createdAt'
>;

/** Failures that are not the provider's word. */
export const OWN_DECLINE_CODES = {
  /** The provider could not be reached, and surely charged nothing. */
  unavailable: 'provider_unavailable',
  /** The charge never reached the provider, and the time to pay was over when that was found. */
  expired: 'expired',
} as const;

/** Whether the payment's outcome is still open. */
export function isLive({ status }: Pick<Payment, 'status'>): boolean {
  return status === 'PROCESSING' || status === 'REQUIRES_ACTION';
}
