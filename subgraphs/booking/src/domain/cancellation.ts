import type { Booking, BookingStatus } from './booking.ts';
import type { Refund } from './refund.ts';
import { refundOf } from './refund.ts';
import type { Ticket } from './ticket.ts';

export type RefundTarget = 'SOURCE' | 'WALLET';

/** The part of a ticket that its cancellation depends on. */
export type BookedTicket = Pick<Ticket, 'id' | 'seat' | 'status'>;

/** Tickets of a booking to cancel, or a booking without any, decided on its row as it was. */
export interface Cancellation {
  readonly booking: Booking;
  readonly tickets: readonly BookedTicket[];
  /** The booking's status afterwards. */
  readonly status: Extract<BookingStatus, 'PARTIALLY_CANCELLED' | 'CANCELLED'>;
  readonly refund: Refund;
  readonly refundTo: RefundTarget;
  /** Who cancels: a customer only tickets that they hold and have not used; a lost dispute those that nobody has used. */
  readonly by: 'CUSTOMER' | 'VENUE' | 'DISPUTE';
  /** The venue's message to the customers. */
  readonly reason: string | null;
}

/** Bookings that a cancellation may still change. */
const LIVE: ReadonlySet<BookingStatus> = new Set(['PENDING_PAYMENT', 'CONFIRMED', 'PARTIALLY_CANCELLED']);

export const isLive = ({ status }: Pick<Booking, 'status'>): boolean => LIVE.has(status);

/**
 * Cancels the tickets of a booking that nobody has used, without a refund: the customer has the money from their bank.
 *
 * @param all the booking's valid tickets
 * @returns null when there is none to cancel
 */
export function disputeCancellation(booking: Booking, all: readonly BookedTicket[]): Cancellation | null {
  const chosen = all.filter(({ status }) => status === 'ISSUED');
  if (chosen.length === 0) return null;
  const cancelled = cancellationOf(booking, { all, chosen, refundPercent: 0 });
  return { ...cancelled, refundTo: 'SOURCE', by: 'DISPUTE', reason: null };
}

/** Cancels tickets for a share of their price. @param all every ticket of the booking */
export function cancellationOf(
  booking: Booking,
  {
    all,
    chosen,
    refundPercent,
  }: { all: readonly BookedTicket[]; chosen: readonly BookedTicket[]; refundPercent: number },
): Pick<Cancellation, 'booking' | 'tickets' | 'status' | 'refund'> {
  const paid = booking.status !== 'PENDING_PAYMENT';
  const seatIds = new Set(paid ? chosen.map(({ seat }) => seat.id) : []);
  const valid = all.filter(({ status }) => status !== 'CANCELLED');
  return {
    booking,
    tickets: chosen,
    status: chosen.length < valid.length ? 'PARTIALLY_CANCELLED' : 'CANCELLED',
    refund: refundOf(booking, seatIds, refundPercent),
  };
}
