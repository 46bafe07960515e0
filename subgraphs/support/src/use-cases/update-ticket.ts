import { badInput, notFound } from '@marquee/errors';

import { addBusinessTime } from '../domain/business-time.ts';
import type { CalendarOf, Desk, DeskTransaction } from '../domain/ports.ts';
import type { SupportPriority } from '../domain/priority.ts';
import type { SupportTicket, SupportTicketStatus } from '../domain/ticket.ts';
import { type Moment, setPriority, setStatus, strike } from '../domain/ticket-changes.ts';
import { AssigneeUnavailableError } from '../errors.ts';

export interface UpdateTicketDeps {
  readonly desk: Desk;
  readonly calendars: CalendarOf;
}

export interface UpdateTicketInput {
  readonly agentId: string;
  readonly ticketId: string;
  readonly status?: SupportTicketStatus | undefined;
  readonly priority?: SupportPriority | undefined;
  /** Null: nobody. */
  readonly assigneeId?: string | null | undefined;
  readonly snoozeUntil?: Date | undefined;
}

const DAY_MS = 24 * 60 * 60_000;
const MAX_SNOOZE_DAYS = 90;
/** Days of a customer's silence after which support neither opens nor snoozes their case. */
const SILENT_DAYS = 7;
const SILENT = `The customer has not written for more than ${SILENT_DAYS} days.`;
/** Business time for which a ticket is snoozed by default: until this time of the next business day, or its end. */
const USUAL_SNOOZE_MS = 9 * 60 * 60_000;

/**
 * Changes a ticket for an agent. What is left out stays.
 *
 * @throws {AssigneeUnavailableError}
 * @throws {CodedError} BAD_USER_INPUT, or NOT_FOUND
 */
export function updateTicket({ desk, calendars }: UpdateTicketDeps, input: UpdateTicketInput): Promise<SupportTicket> {
  if (input.snoozeUntil && input.status !== 'SNOOZED') {
    throw badInput('input.snoozeUntil', 'Set the status SNOOZED together with the time until which it lasts.');
  }
  return desk.transact(async (tx) => {
    const ticket = await tx.lock(input.ticketId);
    if (!ticket) throw notFound('ticket');
    const moment = { now: ticket.asOf, calendar: calendars.of(ticket) };
    await assertNotSilent(tx, ticket, input);
    const { ticket: struck, alerts } = strike(ticket, moment);
    const changed = { ...changedTicket(struck, input, moment), ...(await assignee(tx, ticket, input)) };
    return (await tx.save(ticket, changed, { alerts, actorId: input.agentId })).ticket;
  });
}

function changedTicket(ticket: SupportTicket, { status, priority, snoozeUntil }: UpdateTicketInput, moment: Moment) {
  const prioritised = priority ? setPriority(ticket, priority, moment) : ticket;
  if (!status) return prioritised;
  return setStatus(prioritised, status, moment, status === 'SNOOZED' ? endOfSnooze(snoozeUntil, moment) : null);
}

/** A case opens what belongs to its customer to support: only the customer keeps one open for longer. */
async function assertNotSilent(tx: DeskTransaction, ticket: SupportTicket, { status }: UpdateTicketInput) {
  const reopens = ticket.status === 'RESOLVED' && status !== undefined && status !== 'RESOLVED';
  if (!reopens && status !== 'SNOOZED') return;
  const wroteAt = (await tx.customerWroteAt(ticket.id)) ?? ticket.createdAt;
  if (ticket.asOf.getTime() - wroteAt.getTime() <= SILENT_DAYS * DAY_MS) return;
  const advice = reopens ? 'Their next message opens a new case.' : 'Write to them, or resolve this.';
  throw badInput('input.status', `${SILENT} ${advice}`);
}

function endOfSnooze(until: Date | undefined, { now, calendar }: Moment): Date {
  if (until === undefined) return addBusinessTime(now, USUAL_SNOOZE_MS, calendar);
  const ms = until.getTime() - now.getTime();
  if (ms > 0 && ms <= MAX_SNOOZE_DAYS * DAY_MS) return until;
  throw badInput('input.snoozeUntil', `Choose a time within the next ${MAX_SNOOZE_DAYS} days.`);
}

async function assignee(tx: DeskTransaction, ticket: SupportTicket, { assigneeId }: UpdateTicketInput) {
  if (assigneeId === undefined) return {};
  const isPossible = assigneeId === null || (assigneeId !== ticket.customerId && (await tx.isAgent(assigneeId)));
  if (!isPossible) throw new AssigneeUnavailableError();
  return { assigneeId, leftUnassigned: assigneeId === null };
}
