import { requireStaff, type StaffDeps } from '../access.ts';
import type { Admissions } from '../domain/admissions.ts';
import type { Tickets } from '../domain/ports.ts';
import type { Ticket, TicketCode } from '../domain/ticket.ts';
import { TicketAlreadyUsedError, TicketCancelledError, UnknownTicketError, WrongShowError } from '../errors.ts';
import { requireShow, type RequireShowDeps } from './lookups.ts';

export interface ScanTicketDeps extends RequireShowDeps, StaffDeps {
  readonly ticketKeys: { verify(qrCode: string): TicketCode | null };
  readonly tickets: Pick<Tickets, 'find'>;
  readonly admissions: Pick<Admissions, 'admit'>;
}

export interface ScanTicketInput {
  readonly showId: string;
  readonly qrCode: string;
  /** Who scans. */
  readonly userId: string;
}

/**
 * Admits the holder of a ticket, once.
 *
 * @throws {UnknownTicketError} when the code is not one of ours
 * @throws {WrongShowError} when the ticket is for another show
 * @throws {TicketAlreadyUsedError} when somebody was admitted with it
 * @throws {TicketCancelledError} when it was cancelled, or passed to another person, whose code is another
 * @throws {CodedError} NOT_FOUND, or FORBIDDEN for a show at somebody else's venue
 */
export async function scanTicket(deps: ScanTicketDeps, { showId, qrCode, userId }: ScanTicketInput): Promise<Ticket> {
  await requireStaff(deps, await requireShow(deps, showId), userId, 'CHECK_IN');
  const code = deps.ticketKeys.verify(qrCode);
  if (!code) throw new UnknownTicketError();
  if (code.showId !== showId) throw new WrongShowError();
  return (await deps.admissions.admit(code, gateOf(userId))) ?? refuse(deps, code);
}

/** A gate with a network, as the person who scans there. */
const gateOf = (userId: string): string => `user:${userId}`;

async function refuse({ tickets }: ScanTicketDeps, { ticketId, version }: TicketCode): Promise<never> {
  const ticket = await tickets.find(ticketId);
  if (!ticket) throw new UnknownTicketError();
  const isValid = ticket.status === 'CHECKED_IN' && ticket.codeVersion === version;
  throw isValid && ticket.checkedInAt ? new TicketAlreadyUsedError(ticket.checkedInAt) : new TicketCancelledError();
}
