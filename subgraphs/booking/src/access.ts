import { forbidden } from '@marquee/errors';
import {
  anyOf,
  assertMayDo,
  type Caller,
  type EntityReference,
  type FindOrganisationRoles,
  hasScope,
  organisationsFor,
  type OrganisationWork,
  ownerOr,
  ownerOrSupport,
  policy,
  type RequestContext,
  requireUser,
  scopeOver,
  userIdOf,
  withScopeOver,
} from '@marquee/subgraph';

import type { Claimant } from './domain/seat-limits.ts';
import type { Ticket } from './domain/ticket.ts';
import type { TicketTransfer } from './domain/transfer.ts';
import type { StaffedVenue, TicketAtVenue } from './domain/venue-staff.ts';
import type { BookingParent } from './resolvers/Booking.ts';

/** Lets administrators read the bookings of every customer; support reads those of the customers of its cases. */
const READ_ANY_BOOKING = 'bookings:read';
/** Lets administrators see the holds, waitlists and tickets of a person. */
const ADMINISTER = 'users:write';
/** Lets an analyst report the sales of every venue. */
const REPORT_ANY_VENUE = 'reports:read';

/** Lets support give money back, and decide what happens when that fails. */
const REFUND = 'payments:refund';

/** A hold or a booking: it belongs to the customer who made it. */
interface Owned {
  readonly customerId: string;
}

export const customer = ownerOrSupport(READ_ANY_BOOKING, ({ customerId }: Owned) => customerId);

/** Who has to do with a ticket: whom it admits, who booked it, and who works at its venue. */
const party = policy<TicketAtVenue>('its holder, its customer, or its venue’s staff', (caller, ticket) => {
  const userId = userIdOf(caller);
  const { holderId, customerId, shownTo } = ticket;
  return (userId !== null && [holderId, customerId, shownTo].includes(userId)) || forbidden();
});

/**
 * Whoever shows a ticket's code is admitted. So its parties may ask for it, those of them who are not its holder get null,
 * and support, who sees that the ticket exists, is refused.
 */
export const codeReader = party;

/** Whether the ticket admits the caller. */
function isHolder({ holderId }: Ticket, caller: Caller): boolean {
  return holderId !== null && holderId === userIdOf(caller);
}

/** Whether the caller may enter with the ticket. */
export function isUsableBy(ticket: Ticket, caller: Caller): boolean {
  return ticket.status !== 'CANCELLED' && isHolder(ticket, caller);
}

/** Whether the caller offered the ticket to the other person. */
export function isSender({ senderId }: TicketTransfer, caller: Caller): boolean {
  return senderId === userIdOf(caller);
}

/** The name of a ticket's holder: its venue checks it at the door. */
export const holderNameReader = anyOf(
  ownerOrSupport(READ_ANY_BOOKING, ({ customerId, holderId }: Ticket) => holderId ?? customerId),
  policy<TicketAtVenue>(
    'its holder, or its venue’s staff',
    (caller, ticket) => isHolder(ticket, caller) || isShownTo(ticket, caller),
  ),
);

/** Whom a ticket of the booking admits sees what it is for, and nothing of what it cost or of other tickets. */
export const ticketHolder = policy<BookingParent>('the holder of a ticket', (caller, { reachedFrom }) =>
  reachedFrom ? isHolder(reachedFrom, caller) : false,
);

/** Who looks up the bookings of their venue sees what was bought there, and not by whom: see {@link seesHolders}. */
export const venueStaff = policy<BookingParent>('its venue’s staff, in the list of the venue', (caller, booking) =>
  isShownTo(booking, caller),
);

/** Whether the caller may work at the venue in whose list the ticket or booking was found. */
function isShownTo({ shownTo }: Pick<BookingParent, 'shownTo'>, caller: Caller): boolean {
  return shownTo !== undefined && shownTo === userIdOf(caller);
}

/** The list of a person's bookings. */
export const bookingsOfOneself = ownerOrSupport(READ_ANY_BOOKING, ({ id }: EntityReference) => id);

/** A person's other things in shows. */
export const oneself = ownerOr(ADMINISTER, ({ id }: EntityReference) => id);

/** The signed-in caller as a buyer of seats. @throws {CodedError} UNAUTHENTICATED */
export function requireBuyer(caller: Caller): Claimant {
  const customerId = requireUser(caller);
  if (caller.kind !== 'user') return { customerId, emailVerified: false, signedInAt: null };
  const { emailVerified, authenticatedAt: signedInAt } = caller;
  return { customerId, emailVerified, signedInAt };
}

/** Only its customer acts on a hold, and only its customer follows a booking. @throws {CodedError} FORBIDDEN */
export function requireOwner(
  thing: 'hold' | 'booking' | 'entry of the waitlist',
  { customerId }: Owned,
  userId: string,
): void {
  if (customerId !== userId) throw forbidden(`This ${thing} belongs to somebody else.`);
}

/** Whoever judges cases of risk sees what became of the booking in one. */
export const riskAnalyst = withScopeOver('risk:read', ({ customerId }: Owned) => customerId);

/** Support that decides on bookings. */
export const reviewer = withScopeOver(REFUND, ({ customerId }: Owned) => customerId);

/** Nobody decides on a booking of their own. @throws {CodedError} FORBIDDEN */
export function requireAnother({ customerId }: Owned, userId: string): void {
  if (customerId === userId) throw forbidden('Ask a colleague to decide on a booking of your own.');
}

/** Whether the caller reads the bookings of every customer. */
export function readsAnyBooking(caller: Caller): boolean {
  return hasScope(caller, READ_ANY_BOOKING);
}

/** A booking is read by its customer, and by support that has a case of theirs. @throws {CodedError} FORBIDDEN */
export async function requireReader(booking: Owned, context: Reader): Promise<void> {
  const scope = await scopeOver(context, booking.customerId, READ_ANY_BOOKING);
  if (scope === null) requireOwner('booking', booking, requireUser(context.caller));
}

type Reader = Pick<RequestContext, 'caller' | 'hasSupportCase'>;

/** Tells who works for which organisation. */
export interface StaffDeps {
  readonly findOrganisationRoles: FindOrganisationRoles;
}

/** A member of a venue's organisation does the work of their role there. @throws {CodedError} FORBIDDEN */
export async function requireStaff(
  { findOrganisationRoles }: StaffDeps,
  { organisationId }: StaffedVenue,
  userId: string,
  work: OrganisationWork,
): Promise<void> {
  assertMayDo(work, organisationId, await findOrganisationRoles(userId));
}

/** Whether a member of staff sees whom the tickets of a venue admit: those who check people in do. */
export async function seesHolders(
  { findOrganisationRoles }: StaffDeps,
  { organisationId }: StaffedVenue,
  userId: string,
): Promise<boolean> {
  return organisationsFor('CHECK_IN', await findOrganisationRoles(userId)).includes(organisationId);
}

/**
 * Administrators see the people at a show, and the bookings of a venue, as its staff does; the audit log has each look.
 *
 * @throws {CodedError} FORBIDDEN
 */
export async function requireStaffOrAdministrator(
  deps: StaffDeps,
  venue: StaffedVenue,
  { caller, looks }: Pick<RequestContext, 'caller' | 'looks'>,
  work: 'CHECK_IN' | 'BOOKINGS',
): Promise<void> {
  if (!readsAnyBooking(caller)) return requireStaff(deps, venue, requireUser(caller), work);
  const { organisationId: subjectId } = venue;
  looks.note({ subjectType: 'Organisation', subjectId, scope: READ_ANY_BOOKING, kind: work });
}

/**
 * The organisations that the caller's sales reports are limited to; null for an analyst who names none, and sees all.
 *
 * @throws {CodedError} FORBIDDEN for who follows the sales of none, or not those of the organisation that is named
 */
export async function reportedOrganisations(
  { findOrganisationRoles }: StaffDeps,
  caller: Caller,
  organisationId: string | null,
): Promise<readonly string[] | null> {
  if (hasScope(caller, REPORT_ANY_VENUE)) return organisationId === null ? null : [organisationId];
  const roles = await findOrganisationRoles(requireUser(caller));
  if (organisationId !== null) {
    assertMayDo('SALES', organisationId, roles);
    return [organisationId];
  }
  const organisations = organisationsFor('SALES', roles);
  if (organisations.length === 0) throw forbidden('You follow the sales of no organisation. Ask its owner for a role.');
  return organisations;
}
