import type { Money } from './money.ts';
import type { PaymentMethodKind } from './payment.ts';

export type RefundStatus = 'PENDING' | 'SUCCEEDED' | 'FAILED';

/** Money of a payment on its way back to the customer. */
export interface Refund {
  readonly id: string;
  readonly paymentId: string;
  readonly bookingId: string | null;
  readonly customerId: string;
  readonly amount: Money;
  /** Where it goes: the way the payment came. */
  readonly method: PaymentMethodKind;
  readonly reason: string;
  readonly status: RefundStatus;
}

/** A refund to make. */
export type NewRefund = Omit<Refund, 'status'>;
