import { forbidden, notFound } from '@marquee/errors';
import { type Caller, hasScope, userIdOf } from '@marquee/subgraph';

import type { Payment } from './domain/payment.ts';

/** Lets support staff see other customers' payments. */
export const READ_PAYMENTS_SCOPE = 'payments:refund';
/** Lets support staff see other people's wallets and saved cards. */
export const READ_USERS_SCOPE = 'users:read';

/** A payment or booking, which belongs to one customer. */
export interface Owned {
  readonly customerId: string;
}

/** The customer who owns a payment or booking. */
export const customerOf = ({ customerId }: Owned): string => customerId;

/** @throws {CodedError} FORBIDDEN unless the user is the owner */
export function assertOwner(userId: string | null, owned: Owned, what: 'booking' | 'payment'): void {
  if (customerOf(owned) !== userId) throw forbidden(`This ${what} belongs to another customer.`);
}

/** Payments of one booking. @throws {CodedError} FORBIDDEN unless the caller may see every one of them */
export function visiblePayments(caller: Caller, payments: readonly Payment[]): readonly Payment[] {
  if (hasScope(caller, READ_PAYMENTS_SCOPE)) return payments;
  for (const payment of payments) assertOwner(userIdOf(caller), payment, 'payment');
  return payments;
}

/**
 * The caller's own payment. Support staff may read a payment but not subscribe to it.
 *
 * @throws {CodedError} NOT_FOUND, FORBIDDEN
 */
export function ownPayment(caller: Caller, payment: Payment | null): Payment {
  if (!payment) throw notFound('payment');
  assertOwner(userIdOf(caller), payment, 'payment');
  return payment;
}
