import type { PayloadOf } from '@marquee/events';

import type { Notice } from './notification.ts';

/** The notice of a message of a request, to whoever did not write it and does not hear of it otherwise. */
export function supportMessagePosted(event: PayloadOf<'support.message-posted'>): Notice | null {
  const { ticketId, customerId, category, assigneeId, by, isAssigning } = event;
  const values = { category };
  if (by === 'AGENT') return ofTicket(ticketId, customerId, { key: 'supportReplied', values });
  return assigneeId === null || isAssigning
    ? null
    : ofTicket(ticketId, assigneeId, { key: 'supportCustomerWrote', values });
}

/** The notices that a request is resolved, to its customer, and that it is theirs now, to an agent who did not take it. */
export function supportTicketChanged(event: PayloadOf<'support.ticket-changed'>): Notice[] {
  const { ticketId, customerId, category, status, previousStatus, assigneeId, previousAssigneeId, actorId } = event;
  const isResolved = status === 'RESOLVED' && previousStatus !== status;
  const isAssigned = assigneeId !== null && assigneeId !== previousAssigneeId && assigneeId !== actorId;
  const values = { category };
  return [
    ...(isResolved ? [ofTicket(ticketId, customerId, { key: 'supportResolved', values })] : []),
    ...(isAssigned ? [ofTicket(ticketId, assigneeId, { key: 'supportAssigned', values })] : []),
  ];
}

/** The warnings that a request is or will be overdue, to its agent, or to the team when nobody has it. */
export function supportSlaWarned(event: PayloadOf<'support.sla-warned'>): Notice[] {
  const { ticketId, assigneeId, teamIds, target, breached } = event;
  const values = { target, state: breached ? 'OVER' : 'SOON' } as const;
  return assigneeId === null
    ? teamIds.map((userId) => ofTicket(ticketId, userId, { key: 'supportUnassigned', values }))
    : [ofTicket(ticketId, assigneeId, { key: 'supportOverdue', values })];
}

/** The notice of a moderator's decision on a review, to its author; null when a published one stays so. */
export function reviewModerated(event: PayloadOf<'ratings.review-moderated'>): Notice | null {
  const { decision, previousStatus } = event;
  const wasPublished = previousStatus === 'PUBLISHED';
  if (wasPublished && decision === 'PUBLISH') return null;
  return ofReview(event, { key: 'reviewDecided', values: { decision: wasPublished ? 'REMOVE' : decision } });
}

/** The notice of a venue's reply to a review, to its author. */
export function reviewReplied(event: PayloadOf<'ratings.review-replied'>): Notice {
  return ofReview(event, { key: 'reviewReplied', values: {} });
}

function ofTicket(ticketId: string, userId: string, message: Notice['message']): Notice {
  const about = { type: 'SUPPORT_TICKET', id: ticketId } as const;
  return { userId, kind: 'SUPPORT', bookingId: null, about, message, topic: `support request ${ticketId}` };
}

function ofReview({ reviewId: id, authorId: userId }: OfReview, message: Notice['message']): Notice {
  return { userId, kind: 'SUPPORT', bookingId: null, about: { type: 'REVIEW', id }, message };
}

interface OfReview {
  readonly reviewId: string;
  readonly authorId: string;
}
