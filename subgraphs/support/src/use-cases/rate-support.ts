import { badInput, notFound } from '@marquee/errors';

import type { Desk } from '../domain/ports.ts';
import { parseText } from '../domain/text.ts';
import { MAX_COMMENT_LENGTH, type SupportTicket } from '../domain/ticket.ts';
import { AlreadyRatedError, TicketNotResolvedError } from '../errors.ts';

const MIN_SCORE = 1;
const MAX_SCORE = 5;

export interface RateSupportInput {
  readonly ticketId: string;
  readonly score: number;
  readonly comment: string | null;
}

/**
 * Records how content the customer is with a resolved case, once.
 *
 * @throws {TicketNotResolvedError}
 * @throws {AlreadyRatedError}
 * @throws {CodedError} BAD_USER_INPUT, or NOT_FOUND
 */
export function rateSupport({ desk }: { readonly desk: Desk }, input: RateSupportInput): Promise<SupportTicket> {
  const { ticketId, score } = input;
  if (score < MIN_SCORE || score > MAX_SCORE) throw badInput('score', `Choose ${MIN_SCORE} to ${MAX_SCORE}.`);
  const comment = input.comment === null ? null : parseText(input.comment, MAX_COMMENT_LENGTH);
  if (comment === null && input.comment?.trim()) {
    throw badInput('comment', `Enter a comment of at most ${MAX_COMMENT_LENGTH} characters.`);
  }
  return desk.transact(async (tx) => {
    const ticket = await tx.lock(ticketId);
    if (!ticket) throw notFound('ticket');
    if (ticket.status !== 'RESOLVED') throw new TicketNotResolvedError();
    if (ticket.satisfaction !== null) throw new AlreadyRatedError();
    return (await tx.save(ticket, { ...ticket, satisfaction: { score, comment, at: ticket.asOf } })).ticket;
  });
}
