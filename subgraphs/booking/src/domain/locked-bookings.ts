import type { Booking, TimelineType } from './booking.ts';
import type { Money } from './money.ts';

/** Bookings inside one transaction, each locked before it changes, so that two payments of one booking take turns. */
export interface LockedBookings {
  /** @throws when there is no such booking */
  lock(id: string): Promise<Booking>;
  /**
   * Sells the seats to the booking, issues its tickets and confirms it.
   *
   * @returns false, with nothing changed, when a seat is taken, or when both the deadline and the show's start have passed
   */
  confirm(booking: Booking, paymentId: string): Promise<boolean>;
  /** Expires a booking that awaits payment and frees its seats. */
  expire(booking: Booking): Promise<void>;
  /** Emits `booking.refund-required`: payments then refunds the payment. */
  requestRefund(booking: Booking, payment: { paymentId: string; amount: Money }, reason: string): Promise<void>;
  /** Adds to the booking's refunded amount. */
  addRefund(booking: Booking, amount: Money): Promise<void>;
  /** Appends an event to the timeline that leaves the booking's status as it is. */
  appendEvent(booking: Booking, type: TimelineType, data: Readonly<Record<string, unknown>>): Promise<void>;
}
