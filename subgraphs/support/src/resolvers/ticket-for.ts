import { notFound } from '@marquee/errors';

import type { Context } from '../context.ts';
import type { SupportTicket } from '../domain/ticket.ts';

/** The ticket of a mutation or subscription. @param assert throws unless the caller may @throws {CodedError} NOT_FOUND */
export async function ticketFor(
  id: string,
  { loaders }: Pick<Context, 'loaders'>,
  assert: (ticket: SupportTicket) => void,
): Promise<SupportTicket> {
  const ticket = await loaders.tickets.load(id);
  if (!ticket) throw notFound('ticket');
  assert(ticket);
  return ticket;
}
