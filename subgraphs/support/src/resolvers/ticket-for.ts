import { notFound } from '@marquee/errors';

import { isParty } from '../access.ts';
import type { Context } from '../context.ts';
import type { SupportTicket } from '../domain/ticket.ts';

type Who = Pick<Context, 'caller' | 'loaders'>;

/** The ticket of a mutation or subscription. @throws {CodedError} NOT_FOUND, also when it is a stranger's */
export async function ticketFor(id: string, { caller, loaders }: Who): Promise<SupportTicket> {
  const ticket = await loaders.tickets.load(id);
  if (!ticket || !isParty(ticket, caller)) throw notFound('ticket');
  return ticket;
}
