import { audited, type NewEvent } from '@marquee/events';

import type { SupportMessage, SupportTicket } from '../domain/ticket.ts';
import type { SlaAlert } from '../domain/ticket-changes.ts';
import { newEvent } from '../emits.ts';

/** @param before null of a new ticket @param actorId who changed it, if somebody did */
export function changeEvent(before: SupportTicket | null, ticket: SupportTicket, actorId: string | null): NewEvent {
  return newEvent('support.ticket-changed', ticket.id, {
    ...{ ticketId: ticket.id, customerId: ticket.customerId, category: ticket.category, ...publicVersionsOf(ticket) },
    ...{ status: ticket.status, previousStatus: before?.status ?? null },
    ...{ assigneeId: ticket.assigneeId, previousAssigneeId: before?.assigneeId ?? null, actorId },
  });
}

/** Whether support works on the ticket's case. */
export function caseEvent({ id: ticketId, customerId, version, resolvedAt }: CaseOfTicket): NewEvent {
  const payload = { ticketId, customerId, version, resolvedAt: resolvedAt?.toISOString() ?? null };
  return newEvent('support.case-changed', ticketId, payload);
}

type CaseOfTicket = Pick<SupportTicket, 'id' | 'customerId' | 'version' | 'resolvedAt'>;

/** An agent's message to the customer, or note, for the audit log. */
export function writtenEvent({ ticketId, id, authorId: actorId, note }: SupportMessage): NewEvent {
  const action = note === 0 ? 'support-ticket.answered' : 'support-ticket.noted';
  return audited('support', { actorId, action, subjectType: 'SupportTicket', subjectId: ticketId, detail: id });
}

/** An agent's change, for the audit log. */
export function auditEvent(actorId: string, before: SupportTicket, ticket: SupportTicket): NewEvent {
  const fields = ['status', 'priority', 'assigneeId'] as const;
  const changed = fields.filter((field) => before[field] !== ticket[field]);
  const detail = changed.map((field) => `${before[field] ?? 'nobody'} to ${ticket[field] ?? 'nobody'}`).join(', ');
  const subject = { subjectType: 'SupportTicket', subjectId: ticket.id };
  return audited('support', { actorId, action: 'support-ticket.changed', ...subject, detail: detail || null });
}

/** @param before null of a new ticket */
export function messageEvent(
  before: SupportTicket | null,
  ticket: SupportTicket,
  { id: messageId, fromAgent }: SupportMessage,
): NewEvent {
  const { id: ticketId, customerId, category, assigneeId } = ticket;
  const by = fromAgent ? 'AGENT' : 'CUSTOMER';
  const isAssigning = assigneeId !== (before?.assigneeId ?? null);
  const payload = {
    ticketId,
    customerId,
    messageId,
    category,
    by,
    assigneeId,
    isAssigning,
    ...publicVersionsOf(ticket),
  } as const;
  return newEvent('support.message-posted', ticketId, payload);
}

export function noteEvent({ id: ticketId, assigneeId, version }: SupportTicket, { id }: SupportMessage): NewEvent {
  return newEvent('support.note-added', ticketId, { ticketId, messageId: id, assigneeId, version });
}

/** @param teamIds whom to warn of a ticket that nobody has */
export function alertEvents(
  ticket: SupportTicket,
  alerts: readonly SlaAlert[],
  teamIds: readonly string[],
): NewEvent[] {
  const { id: ticketId, assigneeId, version, queueVersion } = ticket;
  return alerts.map((alert) =>
    newEvent('support.sla-warned', ticketId, { ticketId, assigneeId, teamIds, ...alert, version, queueVersion }),
  );
}

function publicVersionsOf({ version, publicVersion, queueVersion }: SupportTicket) {
  return { version, publicVersion, queueVersion };
}
