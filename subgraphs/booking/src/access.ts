import { forbidden } from '@marquee/errors';
import { type Caller, type EntityReference, hasScope, ownerOnly, ownerOr, requireUser } from '@marquee/subgraph';

import type { Ticket } from './domain/booking.ts';
import type { Buyer } from './domain/seat-limits.ts';

/** Lets support read the bookings of every customer. */
const READ_ANY_BOOKING = 'bookings:read';
/** Lets an analyst report the sales of every venue. */
const REPORT_ANY_VENUE = 'reports:read';

/** A hold or a booking: it belongs to the customer who made it. */
interface Owned {
  readonly customerId: string;
}

export const customer = ownerOr(READ_ANY_BOOKING, ({ customerId }: Owned) => customerId);

/** Whoever shows a ticket's code is admitted, so support and partners see that a ticket exists and not its code. */
export const holder = ownerOnly(({ holderId }: Ticket) => holderId);

export const oneself = ownerOr(READ_ANY_BOOKING, ({ id }: EntityReference) => id);

/** The signed-in caller as a buyer of seats. @throws {CodedError} UNAUTHENTICATED */
export function requireBuyer(caller: Caller): Buyer {
  const customerId = requireUser(caller);
  return { customerId, emailVerified: caller.kind === 'user' && caller.emailVerified };
}

/** Only its customer acts on a hold, and only its customer follows a booking. @throws {CodedError} FORBIDDEN */
export function requireOwner(thing: 'hold' | 'booking', { customerId }: Owned, userId: string): void {
  if (customerId !== userId) throw forbidden(`This ${thing} belongs to somebody else.`);
}

/** A booking is read by its customer and by support. @throws {CodedError} FORBIDDEN */
export function requireReader(booking: Owned, caller: Caller): void {
  if (!hasScope(caller, READ_ANY_BOOKING)) requireOwner('booking', booking, requireUser(caller));
}

/** The partner whose venues the caller's sales reports are limited to; null for an analyst, who sees all. */
export function partnerOf(caller: Caller): string | null {
  return hasScope(caller, REPORT_ANY_VENUE) ? null : requireUser(caller);
}
