import type { Booking, Price, TimelineType } from './booking.ts';
import type { PricedSeat, SeatHold } from './hold.ts';
import type { Money } from './money.ts';
import type { SeatLayout } from './seat-layout.ts';
import type { TakenSeats } from './seat-map.ts';
import type { Show } from './show.ts';

/** What must be recorded, in one with what is made, so that the same request makes nothing twice. */
export interface RequestKey {
  readonly caller: string;
  readonly operation: string;
  readonly key: string;
  readonly requestHash: string;
}

/** Runs `make` once a key; a repetition gets what `replay` reads. */
export type Once = <T>(
  request: { caller: string; operation: string; key: string; body: unknown },
  make: (key: RequestKey) => Promise<T>,
  replay: (resourceId: string) => Promise<T>,
) => Promise<T>;

export interface Shows {
  find(id: string): Promise<Show | null>;
  layout(layoutId: string): Promise<SeatLayout>;
  /** The seats that are not free now. */
  taken(show: Show): Promise<TakenSeats>;
}

export interface HoldClaim {
  readonly id: string;
  readonly show: Show;
  readonly customerId: string;
  readonly seats: readonly PricedSeat[];
  readonly subtotal: Money;
  readonly holdSeconds: number;
  /** Whether the customer's own earlier hold of one of the seats gives way, or is in the way as another's is. */
  readonly replacesOwn: boolean;
  readonly key: RequestKey;
}

export interface Holds {
  find(id: string): Promise<SeatHold | null>;
  /**
   * Claims all of the seats for a new hold, or none.
   *
   * @throws {SeatUnavailableError} when one of them is taken
   */
  claim(claim: HoldClaim): Promise<SeatHold>;
  /** Frees the seats of an active hold. @returns null when the hold is not active any more */
  release(id: string): Promise<SeatHold | null>;
}

export interface NewBooking {
  readonly id: string;
  readonly hold: SeatHold;
  readonly price: Price;
  readonly paymentSeconds: number;
  readonly key: RequestKey;
}

export interface Bookings {
  find(id: string): Promise<Booking | null>;
  /** Turns an active hold into a booking. @returns null when the hold is not active, or has lost a seat */
  create(booking: NewBooking): Promise<Booking | null>;
}

/** A booking while nobody else may change it. */
export interface LockedBookings {
  lock(id: string): Promise<Booking | null>;
  /**
   * Issues the tickets and confirms.
   *
   * @returns false when another has one of the seats, or the show began after the booking's time; nothing is changed then
   */
  confirm(booking: Booking, paymentId: string): Promise<boolean>;
  /** Ends a booking that waits for its payment. */
  expire(booking: Booking): Promise<void>;
  /** Asks payments to give a payment back. */
  requireRefund(booking: Booking, payment: { paymentId: string; amount: Money }, reason: string): Promise<void>;
  /** Adds to what was paid back. */
  refund(booking: Booking, amount: Money): Promise<void>;
  /** Notes in the timeline what leaves the booking's status as it is. */
  note(booking: Booking, type: TimelineType, data: Readonly<Record<string, unknown>>): Promise<void>;
}
