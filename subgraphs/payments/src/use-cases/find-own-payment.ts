import { notFound } from '@marquee/errors';

import { requireOwner } from '../access.ts';
import type { Payment } from '../domain/payment.ts';
import type { Payments } from '../domain/ports.ts';

/**
 * The customer's own payment. Support staff may read a payment but not subscribe to it.
 *
 * @throws {CodedError} NOT_FOUND, FORBIDDEN when it belongs to another customer
 */
export async function findOwnPayment(
  { payments }: { readonly payments: Pick<Payments, 'find'> },
  { paymentId, customerId }: { paymentId: string; customerId: string },
): Promise<Payment> {
  const payment = await payments.find(paymentId);
  if (!payment) throw notFound('payment');
  requireOwner('payment', payment, customerId);
  return payment;
}
