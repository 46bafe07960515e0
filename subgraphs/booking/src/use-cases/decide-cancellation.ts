import { badInput, notFound } from '@marquee/errors';

import type { Booking } from '../domain/booking.ts';
import { cancellationOf, isLive } from '../domain/cancellation.ts';
import { type CancellationTerms, cancellationTerms } from '../domain/cancellation-policy.ts';
import type { Shows, Tickets } from '../domain/ports.ts';
import type { Ticket } from '../domain/ticket.ts';
import { CancellationClosedError } from '../errors.ts';

export interface DecideCancellationDeps {
  readonly shows: Pick<Shows, 'find'>;
  readonly tickets: Pick<Tickets, 'ofBookings'>;
}

export interface CancellationChoice {
  readonly booking: Booking;
  /** The tickets to cancel; all of them when null. */
  readonly ticketIds: readonly string[] | null;
  /** The argument with the tickets. */
  readonly field: string;
  readonly at: Date;
}

export type DecidedCancellation = ReturnType<typeof cancellationOf> &
  Pick<CancellationTerms, 'validUntil'> & {
    readonly refundPercent: number;
  };

/**
 * The outcome of cancelling tickets of a booking by its customer.
 *
 * @throws {CancellationClosedError} when the policy allows it no longer, or a ticket is used, cancelled or passed on
 * @throws {CodedError} BAD_USER_INPUT for tickets of another booking
 */
export async function decideCancellation(
  { shows, tickets }: DecideCancellationDeps,
  { booking, ticketIds, field, at }: CancellationChoice,
): Promise<DecidedCancellation> {
  if (!isLive(booking)) throw new CancellationClosedError('This booking is over or cancelled already.');
  const [show, all] = await Promise.all([shows.find(booking.showId), tickets.ofBookings([booking.id])]);
  if (!show) throw notFound('show');
  const chosen = chosenTickets(all, ticketIds, field);
  const terms = termsOf(booking, show.startsAt, at);
  for (const ticket of chosen) assertCancellable(ticket, booking);
  const { refundPercent, validUntil } = terms;
  return { ...cancellationOf(booking, { all, chosen, refundPercent }), refundPercent, validUntil };
}

/** A booking that is not paid is cancelled on any terms: there is nothing to refund. */
function termsOf(booking: Booking, startsAt: Date, at: Date): CancellationTerms {
  if (booking.status === 'PENDING_PAYMENT') return { refundPercent: 100, validUntil: booking.expiresAt };
  const terms = cancellationTerms(booking, startsAt, at);
  if (terms) return terms;
  throw new CancellationClosedError(
    'It is too late to cancel this booking: its cancellation policy allows it no longer.',
  );
}

function chosenTickets(all: readonly Ticket[], ticketIds: readonly string[] | null, field: string): readonly Ticket[] {
  if (ticketIds === null) return all.filter(({ status }) => status !== 'CANCELLED');
  const ids = new Set(ticketIds);
  const chosen = all.filter(({ id }) => ids.has(id));
  if (ids.size === 0 || chosen.length < ids.size) throw badInput(field, 'Choose tickets of this booking.');
  return chosen;
}

function assertCancellable({ status, holderId }: Ticket, { customerId }: Booking): void {
  if (status === 'CANCELLED') throw new CancellationClosedError('A ticket that you chose is cancelled already.');
  if (status === 'CHECKED_IN') throw new CancellationClosedError('A used ticket cannot be cancelled. Choose others.');
  if (holderId !== customerId) {
    throw new CancellationClosedError('A ticket that you passed on cannot be cancelled. Choose others.');
  }
}
