import type { Transfers } from '../domain/ports.ts';
import type { Buyer, SeatLimits } from '../domain/seat-limits.ts';
import type { Ticket } from '../domain/ticket.ts';
import { SeatLimitExceededError, TransferEndedError } from '../errors.ts';

export interface AcceptTicketTransferDeps {
  readonly transfers: Pick<Transfers, 'accept' | 'pendingOf' | 'seatsOfRecipient'>;
  readonly offerTokens: { offerOf(token: string): string | null };
  readonly seatLimits: SeatLimits;
}

/**
 * Accepts what a mail offers: its tickets admit the caller from now on, and nobody else.
 *
 * Whoever has the token reads mail at the address, so the account's own address may be another.
 *
 * @throws {TransferEndedError} when the offer was accepted, taken back or is over, or its tickets are used or cancelled
 * @throws {AccountRestrictedError} when buying is paused for the caller
 * @throws {SeatLimitExceededError} when the caller would have too many seats in the show
 */
export async function acceptTicketTransfer(
  { transfers, offerTokens, seatLimits }: AcceptTicketTransferDeps,
  { token, recipient }: { token: string; recipient: Buyer },
): Promise<readonly [Ticket, ...Ticket[]]> {
  const offerId = offerTokens.offerOf(token);
  if (offerId === null) throw new TransferEndedError();
  const { customerId, emailVerified } = recipient;
  const [first, ...others] = await transfers.accept(offerId, customerId, seatLimits.maxSeatsPerCustomer);
  if (first) return [first, ...others];
  const refused = await transfers.seatsOfRecipient(offerId, customerId, seatLimits.maxSeatsPerCustomer);
  if (refused && refused.inShow + refused.offered > refused.maximum) {
    throw SeatLimitExceededError.inShow(refused.maximum, refused.inShow, emailVerified);
  }
  throw new TransferEndedError();
}
