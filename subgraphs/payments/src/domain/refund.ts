import type { Money } from '@marquee/money';

import { isTopUp, type Payment, type PaymentMethodKind } from './payment.ts';
import type { SaleParts } from './sale.ts';

export type RefundStatus = 'PENDING' | 'SUCCEEDED' | 'FAILED';

/** Money of a payment that is returned to the customer. */
export interface Refund {
  readonly id: string;
  readonly paymentId: string;
  readonly bookingId: string | null;
  readonly customerId: string;
  readonly amount: Money;
  /** The parts of the sale that are given back; null where nothing was sold. */
  readonly parts: SaleParts | null;
  /** The method the money is returned to: the one it was paid with, unless the customer chose the wallet. */
  readonly method: PaymentMethodKind;
  readonly reason: string;
  readonly status: RefundStatus;
  /** The member of staff who requested it; null when a rule did. */
  readonly requestedBy: string | null;
  readonly createdAt: Date;
}

/** A refund to create. */
export type NewRefund = Omit<Refund, 'status' | 'createdAt' | 'requestedBy'> & { readonly requestedBy?: string };

/** A refund of a charge, which the provider makes or has made. */
export interface CardRefund extends Refund {
  readonly chargeId: string;
}

/** The amount still refundable: none unless the payment succeeded, nor of a top-up, which the wallet may have spent. */
export function refundableOf({ status, purpose, amount, refundedAmount }: Payment): Money {
  const refundable = status === 'SUCCEEDED' && !isTopUp(purpose);
  return { amount: refundable ? amount.amount - refundedAmount : 0, currency: amount.currency };
}
