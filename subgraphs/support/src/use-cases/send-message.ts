import { notFound } from '@marquee/errors';
import { newId } from '@marquee/subgraph/ids';

import type { ConcernedBooking, DeskTransaction, NewText } from '../domain/ports.ts';
import { openingPriority } from '../domain/priority.ts';
import { MAX_MESSAGES, type SupportMessage, type SupportTicket } from '../domain/ticket.ts';
import { agentWrote, customerWrote, strike } from '../domain/ticket-changes.ts';
import { SupportTicketFullError } from '../errors.ts';
import { addTicket, type OpenTicketDeps, parseMessage } from './open-ticket.ts';

export interface SendMessageDeps extends OpenTicketDeps {
  readonly messages: { find(id: string): Promise<SupportMessage | null> };
}

export interface SendMessageInput {
  readonly ticketId: string;
  readonly text: string;
  readonly idempotencyKey: string;
  readonly authorId: string;
  /** The ticket, and whether the author works on it rather than having opened it. @throws {CodedError} when it is neither */
  readonly readTicket: () => Promise<{ readonly ticket: SupportTicket; readonly fromAgent: boolean }>;
}

/** A message, and the ticket that it is in: another one when a resolved ticket got a new case. */
export interface SentMessage {
  readonly ticket: SupportTicket;
  readonly message: SupportMessage;
}

/**
 * Adds a message to a ticket. A customer's message opens a ticket that waited; after a resolved one it opens a new case.
 *
 * @throws {SupportTicketFullError}
 * @throws {TooManyOpenTicketsError} when it would open a new case
 * @throws {CodedError} BAD_USER_INPUT, RATE_LIMITED, NOT_FOUND, or an idempotency key's
 */
export async function sendMessage(deps: SendMessageDeps, input: SendMessageInput): Promise<SentMessage> {
  const { ticketId, authorId, idempotencyKey: key } = input;
  const text = parseMessage(input.text, 'input.text');
  const request = { caller: authorId, operation: 'sendSupportMessage', key, body: { ticketId, text } };
  return deps.turns.run(authorId, () =>
    deps.runIdempotently(
      request,
      async (row) => {
        const { ticket, fromAgent } = await input.readTicket();
        const booking = fromAgent ? null : await bookingOfNewCase(deps, ticket);
        return deps.desk.transact(async (tx) => {
          const sent = await post(deps, tx, ticketId, { id: newId('msg'), authorId, fromAgent, text }, booking);
          await tx.recordKey(row, sent.message.id);
          return sent;
        });
      },
      (messageId) => findSent(deps, messageId),
    ),
  );
}

/** The booking of a case that goes on from a resolved one; null without one, and while booking is away. */
async function bookingOfNewCase(
  { surroundings }: Pick<SendMessageDeps, 'surroundings'>,
  { status, bookingId }: SupportTicket,
): Promise<ConcernedBooking | null> {
  if (status !== 'RESOLVED' || bookingId === null) return null;
  return surroundings.booking(bookingId).catch(() => null);
}

async function post(
  deps: SendMessageDeps,
  tx: DeskTransaction,
  ticketId: string,
  text: NewText,
  booking: ConcernedBooking | null,
): Promise<SentMessage> {
  await tx.countMessage(text.authorId);
  const ticket = await lockLast(tx, ticketId, text);
  if (ticket.status === 'RESOLVED' && !text.fromAgent) {
    const { customerId, subject, bookingId, category } = ticket;
    const isUnknown = bookingId !== null && booking === null;
    const priority = isUnknown ? ticket.priority : openingPriority(category, booking, ticket.asOf);
    const opened = { customerId, subject, bookingId, category, priority, place: ticket, followsId: ticket.id };
    return addTicket(deps, tx, opened, text.text);
  }
  if (ticket.lastSequence >= MAX_MESSAGES) {
    throw new SupportTicketFullError('This request has reached its last message. Open a new one to go on.');
  }
  const moment = { now: ticket.asOf, calendar: deps.calendars.of(ticket) };
  const { ticket: struck, alerts } = strike(ticket, moment);
  const written = text.fromAgent ? agentWrote(struck, moment) : customerWrote(struck, moment);
  const assigneeId = await responsible(tx, ticket, text);
  const { ticket: saved, message } = await tx.save(ticket, { ...written, assigneeId }, { text, alerts });
  return { ticket: saved, message: message as SupportMessage };
}

/** Locks the ticket; for a customer's message to a resolved one, the last of the cases that go on from it. */
async function lockLast(tx: DeskTransaction, ticketId: string, { fromAgent }: NewText): Promise<SupportTicket> {
  const ticket = await tx.lock(ticketId);
  if (!ticket) throw notFound('ticket');
  if (ticket.status !== 'RESOLVED' || fromAgent) return ticket;
  const follower = await tx.followerOf(ticketId);
  return follower === null ? ticket : lockLast(tx, follower, { fromAgent } as NewText);
}

/** An agent who answers takes a ticket that is nobody's; a customer's message finds somebody on duty, unless it was left unassigned. */
async function responsible(tx: DeskTransaction, ticket: SupportTicket, text: NewText): Promise<string | null> {
  const { assigneeId, customerId, status } = ticket;
  if (text.fromAgent) return assigneeId ?? text.authorId;
  if (ticket.leftUnassigned) return null;
  if (assigneeId !== null && (status === 'OPEN' || (await tx.isOnDuty(assigneeId)))) return assigneeId;
  return (await tx.leastBusyAgent(customerId)) ?? assigneeId;
}

async function findSent({ messages, tickets }: SendMessageDeps, messageId: string): Promise<SentMessage> {
  const message = await messages.find(messageId);
  const ticket = message && (await tickets.find(message.ticketId));
  if (!message || !ticket) throw notFound('message');
  return { ticket, message };
}
