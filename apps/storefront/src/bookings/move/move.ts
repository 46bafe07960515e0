import type { BookingDetails, MainBooking } from '../use-booking.ts';

/** A booking to move. */
export interface MoveProps {
  readonly booking: MainBooking;
  readonly details: BookingDetails;
  /** The number of tickets. */
  readonly count: number;
  /** Called with whether there is nothing left to pay. */
  readonly onMoved: (isPaid: boolean) => void;
}
