import type { Money } from '@marquee/money';

import type { PaymentMethodKind } from './payment.ts';

export type RefundStatus = 'PENDING' | 'SUCCEEDED' | 'FAILED';

/** Money of a payment that is returned to the customer. */
export interface Refund {
  readonly id: string;
  readonly paymentId: string;
  readonly bookingId: string | null;
  readonly customerId: string;
  readonly amount: Money;
  /** The method the money is returned to: the one it was paid with, unless the customer chose the wallet. */
  readonly method: PaymentMethodKind;
  readonly reason: string;
  readonly status: RefundStatus;
}

/** A refund to create. */
export type NewRefund = Omit<Refund, 'status'>;

/** A card refund that is due at the provider. */
export interface DueRefund extends Refund {
  readonly chargeId: string;
}
