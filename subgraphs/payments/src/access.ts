import { type Caller, hasScope, ownerOr, requireUser } from '@marquee/subgraph';

import { assertOwner, type Owned } from './domain/ownership.ts';
import type { Payment } from './domain/payment.ts';
import type { Reference } from './domain/reference.ts';

/** Lets support staff see other customers' payments. */
const READ_PAYMENTS = 'payments:refund';
/** Lets support staff see other people's wallets and saved cards. */
const READ_USERS = 'users:read';

export const payer = ownerOr(READ_PAYMENTS, ({ customerId }: Owned) => customerId);

export const oneself = ownerOr(READ_USERS, ({ id }: Reference) => id);

/** Payments of one booking. @throws {CodedError} FORBIDDEN unless the caller may see every one of them */
export function visiblePayments(caller: Caller, payments: readonly Payment[]): readonly Payment[] {
  if (!hasScope(caller, READ_PAYMENTS)) {
    for (const payment of payments) assertOwner(requireUser(caller), payment, 'payment');
  }
  return payments;
}
