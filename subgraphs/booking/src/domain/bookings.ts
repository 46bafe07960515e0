import type { Booking, BookingStatus, CustomerPosition, Price, Ticket, TimelineEntry } from './booking.ts';
import type { SeatHold } from './hold.ts';
import type { IdempotencyRecord } from './idempotency.ts';

export interface NewBooking {
  readonly id: string;
  readonly hold: SeatHold;
  readonly price: Price;
  readonly paymentSeconds: number;
  readonly idempotency: IdempotencyRecord;
}

/** A page of a customer's bookings, latest first. */
export interface CustomerPage {
  readonly customerId: string;
  /** Only bookings in one of these states; all when null. */
  readonly status: readonly BookingStatus[] | null;
  readonly limit: number;
  /** The booking after which the page starts. */
  readonly after: CustomerPosition | null;
}

export interface Bookings {
  find(id: string): Promise<Booking | null>;
  /** The bookings with these ids, in any order; unknown ids are left out. */
  findMany(ids: readonly string[]): Promise<readonly Booking[]>;
  /** The page and, when more follow, one booking beyond its limit. */
  ofCustomer(page: CustomerPage): Promise<readonly Booking[]>;
  countOfCustomer(customerId: string, status: readonly BookingStatus[] | null): Promise<number>;
  tickets(bookingIds: readonly string[]): Promise<readonly Ticket[]>;
  timelines(bookingIds: readonly string[]): Promise<readonly (TimelineEntry & { readonly bookingId: string })[]>;
  /** Turns an active hold into a booking. @returns null when the hold is not active or has lost a seat */
  create(booking: NewBooking): Promise<Booking | null>;
}

/** Bookings past their payment deadline, for the background job. */
export interface OverdueBookings {
  /** Expires them and frees their seats. @returns how many expired */
  expire(): Promise<number>;
}
