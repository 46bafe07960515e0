import { notFound } from '@marquee/errors';
import { newId } from '@marquee/subgraph/ids';

import type { Desk } from '../domain/ports.ts';
import { MAX_NOTES, type SupportMessage } from '../domain/ticket.ts';
import { SupportTicketFullError } from '../errors.ts';
import { parseMessage } from './open-ticket.ts';

export interface AddInternalNoteDeps {
  readonly desk: Desk;
}

/**
 * Adds an internal note, of which the customer learns nothing.
 *
 * @throws {SupportTicketFullError}
 * @throws {CodedError} BAD_USER_INPUT, RATE_LIMITED, or NOT_FOUND
 */
export function addInternalNote(
  { desk }: AddInternalNoteDeps,
  { ticketId, authorId, text }: { ticketId: string; authorId: string; text: string },
): Promise<SupportMessage> {
  const note = { id: newId('msg'), authorId, fromAgent: true, text: parseMessage(text, 'text') };
  return desk.transact(async (tx) => {
    await tx.countMessage(authorId);
    const ticket = await tx.lock(ticketId);
    if (!ticket) throw notFound('ticket');
    if (ticket.lastNote >= MAX_NOTES) {
      throw new SupportTicketFullError(`${MAX_NOTES} notes follow the last message. Answer the customer first.`);
    }
    return tx.addNote(ticket, note);
  });
}
