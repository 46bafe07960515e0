import { badInput, forbidden, notFound } from '@marquee/errors';
import { parseEmail } from '@marquee/input';
import type { RunIdempotently } from '@marquee/subgraph';
import { newCityId } from '@marquee/subgraph/ids';

import type { Tickets, Transfers } from '../domain/ports.ts';
import type { TicketTransfer } from '../domain/transfer.ts';
import { TicketNotTransferableError } from '../errors.ts';
import { requireTransfer } from './cancel-ticket-transfer.ts';

export interface TransferTicketDeps {
  readonly tickets: Pick<Tickets, 'find'>;
  readonly transfers: Pick<Transfers, 'find' | 'offer' | 'refusal'>;
  readonly runIdempotently: RunIdempotently;
}

export interface TransferTicketInput {
  readonly ticketId: string;
  readonly toEmail: string;
  readonly idempotencyKey: string;
  /** Who offers it. */
  readonly userId: string;
}

/**
 * Offers a ticket to another person by mail. It admits its holder until the offer is accepted.
 *
 * @throws {TicketNotTransferableError} when the show does not allow it or has begun, the ticket is used, cancelled or
 * offered already, or was offered too often today
 * @throws {AccountRestrictedError} when buying is paused for the customer
 * @throws {CodedError} BAD_USER_INPUT for an address that is none, NOT_FOUND, or FORBIDDEN for another holder's ticket
 */
export async function transferTicket(deps: TransferTicketDeps, input: TransferTicketInput): Promise<TicketTransfer> {
  const { ticketId, userId, idempotencyKey } = input;
  const toEmail = parseEmail(input.toEmail);
  if (toEmail === null) throw badInput('input.toEmail', 'Enter a valid email address.');
  return deps.runIdempotently(
    { caller: userId, operation: 'transferTicket', key: idempotencyKey, body: { ticketId, toEmail } },
    async (idempotency) => {
      const ticket = await deps.tickets.find(ticketId);
      if (!ticket) throw notFound('ticket');
      if (ticket.holderId !== userId) throw forbidden('This ticket belongs to somebody else.');
      const ids = { id: newCityId(ticket.cityCode, 'trf'), offerId: newCityId(ticket.cityCode, 'off') };
      const transfer = await deps.transfers.offer({ ...ids, ticketId, senderId: userId, toEmail }, idempotency);
      if (!transfer) throw new TicketNotTransferableError(await deps.transfers.refusal(ticketId));
      return transfer;
    },
    (id) => requireTransfer(deps.transfers, id),
  );
}
