import { forbidden, unauthenticated } from '@marquee/errors';
import {
  assertMayDo,
  type EntityReference,
  hasScope,
  lookAt,
  mayDo,
  type OrganisationRoleOf,
  ownerOnly,
  ownerOr,
  ownerOrSupport,
  policy,
  type RequestContext,
  requireUser,
  scopeOver,
  userIdOf,
  withScope,
} from '@marquee/subgraph';

import type { Payment } from './domain/payment.ts';

/** Lets administrators see every payment; support sees those of the customers of its cases. */
const READ_PAYMENTS = 'payments:read';
/** Lets support refund payments, and decide on differences from the provider. */
const REFUND = 'payments:refund';
/** Lets administrators see other people's wallets, saved cards and memberships. Support needs none of them. */
const ADMINISTER = 'users:write';

/** A payment or a booking: it belongs to the customer who made it. */
interface Owned {
  readonly customerId: string;
}

/** Support, which refunds payments and decides on differences from the provider. */
export const staff = withScope(REFUND);

export const payer = ownerOrSupport(READ_PAYMENTS, ({ customerId }: Owned) => customerId);

/** Whoever opens a payment's page acts for its customer there. */
export const payerOnly = ownerOnly(({ customerId }: Owned) => customerId);

export const oneself = ownerOr(ADMINISTER, ({ id }: EntityReference) => id);

/** Only its customer follows a payment or pays a booking. @throws {CodedError} FORBIDDEN */
export function requireOwner(thing: 'booking' | 'payment', { customerId }: Owned, userId: string): void {
  if (customerId !== userId) throw forbidden(`This ${thing} belongs to another customer.`);
}

/** Whether the caller may see a payment: its customer, and support that has a case of theirs. */
export async function isReader({ customerId }: Owned, context: Reader): Promise<boolean> {
  return userIdOf(context.caller) === customerId || (await scopeOver(context, customerId, READ_PAYMENTS)) !== null;
}

type Reader = Pick<RequestContext, 'caller' | 'hasSupportCase'>;

/** @throws {CodedError} FORBIDDEN unless the caller may see the payment */
export async function requireReader(payment: Owned, context: Reader): Promise<void> {
  if (!(await isReader(payment, context))) requireOwner('payment', payment, requireUser(context.caller));
}

/** Nobody refunds a payment of their own. @throws {CodedError} FORBIDDEN */
export function requireAnother({ customerId }: Owned, userId: string): void {
  if (customerId === userId) throw forbidden('Ask a colleague to refund a payment of your own.');
}

/** Payments of one booking. @throws {CodedError} FORBIDDEN unless the caller may see every one of them */
export async function visiblePayments(context: Reader, payments: readonly Payment[]): Promise<readonly Payment[]> {
  await Promise.all(payments.map((payment) => requireReader(payment, context)));
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
  (caller, { id, callerRole }) => {
    if (caller.kind === 'anonymous') return unauthenticated();
    if (mayDo('FINANCE', callerRole)) return true;
    if (hasScope(caller, ADMINISTER)) return lookAt(id, ADMINISTER, 'Organisation');
    return forbidden('Only the owner of the organisation, and who looks after its finances, may see this.');
  },
);

/** @throws {CodedError} FORBIDDEN unless the roles include one that looks after the organisation's money */
export function requireFinance(roles: readonly OrganisationRoleOf[], organisationId: string): void {
  assertMayDo('FINANCE', organisationId, roles);
}
