import type { Shows, Tickets, Transfers } from '../domain/ports.ts';
import type { OfferMail } from '../domain/transfer.ts';

export interface ReadOfferMailDeps {
  readonly transfers: Pick<Transfers, 'pendingOf'>;
  readonly tickets: Pick<Tickets, 'find'>;
  readonly shows: Pick<Shows, 'find'>;
  readonly offerTokens: { tokenOf(offerId: string): string };
}

/** The content of an offer's mail, for whoever sends it; null once the offer has ended. */
export async function readOfferMail(deps: ReadOfferMailDeps, offerId: string): Promise<OfferMail | null> {
  const pending = await deps.transfers.pendingOf(offerId);
  const [transfer] = pending;
  const ticket = transfer && (await deps.tickets.find(transfer.ticketId));
  const show = ticket && (await deps.shows.find(ticket.showId));
  if (!show || !transfer?.toEmail) return null;
  const { titleName, venueName, startsAt, timeZone } = show;
  const { toEmail: to, expiresAt } = transfer;
  const token = deps.offerTokens.tokenOf(offerId);
  return { to, token, titleName, venueName, startsAt, tickets: pending.length, expiresAt, timeZone };
}
