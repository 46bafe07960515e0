import { forbidden, unauthenticated } from '@marquee/errors';
import {
  assertMayDo,
  type Caller,
  type EntityReference,
  hasScope,
  mayDo,
  type OrganisationRoleOf,
  ownerOnly,
  ownerOr,
  policy,
  requireUser,
  withScope,
} from '@marquee/subgraph';

import type { Payment } from './domain/payment.ts';

/** Lets support staff see other customers' payments. */
const READ_PAYMENTS = 'payments:refund';
/** Lets administrators see other people's wallets, saved cards and memberships. Support needs none of them. */
const ADMINISTER = 'users:write';

/** A payment or a booking: it belongs to the customer who made it. */
interface Owned {
  readonly customerId: string;
}

/** Support, which refunds payments and decides on differences from the provider. */
export const staff = withScope(READ_PAYMENTS);

export const payer = ownerOr(READ_PAYMENTS, ({ customerId }: Owned) => customerId);

/** Whoever opens a payment's page acts for its customer there. */
export const payerOnly = ownerOnly(({ customerId }: Owned) => customerId);

export const oneself = ownerOr(ADMINISTER, ({ id }: EntityReference) => id);

/** Only its customer follows a payment or pays a booking. @throws {CodedError} FORBIDDEN */
export function requireOwner(thing: 'booking' | 'payment', { customerId }: Owned, userId: string): void {
  if (customerId !== userId) throw forbidden(`This ${thing} belongs to another customer.`);
}

/** A payment is read by its customer and by support. @throws {CodedError} FORBIDDEN */
export function requireReader(payment: Owned, caller: Caller): void {
  if (!hasScope(caller, READ_PAYMENTS)) requireOwner('payment', payment, requireUser(caller));
}

/** Nobody refunds a payment of their own. @throws {CodedError} FORBIDDEN */
export function requireAnother({ customerId }: Owned, userId: string): void {
  if (customerId === userId) throw forbidden('Ask a colleague to refund a payment of your own.');
}

/** Payments of one booking. @throws {CodedError} FORBIDDEN unless the caller may see every one of them */
export function visiblePayments(caller: Caller, payments: readonly Payment[]): readonly Payment[] {
  for (const payment of payments) requireReader(payment, caller);
  return payments;
}

/** An organisation as its payout account is asked for. */
export interface PaidOrganisation extends EntityReference {
  /** The caller's role in it; null for whoever does not work there. */
  readonly callerRole: string | null;
}

/** Access to the money owed to an organisation: for those who look after it, and for administrators. */
export const finance = policy<PaidOrganisation>(
  "the organisation's owner or finance, or an administrator",
  (caller, { callerRole }) => {
    if (caller.kind === 'anonymous') return unauthenticated();
    if (mayDo('FINANCE', callerRole) || (caller.kind === 'user' && caller.roles.includes('ADMIN'))) return true;
    return forbidden('Only the owner of the organisation, and who looks after its finances, may see this.');
  },
);

/** @throws {CodedError} FORBIDDEN unless the roles include one that looks after the organisation's money */
export function requireFinance(roles: readonly OrganisationRoleOf[], organisationId: string): void {
  assertMayDo('FINANCE', organisationId, roles);
}
