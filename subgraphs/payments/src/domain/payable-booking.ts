import type { Money } from '@marquee/money';

/** A booking that awaits payment. Booking, never the client, states its price and its customer. */
export interface PayableBooking {
  readonly status: 'PAYABLE';
  readonly id: string;
  readonly customerId: string;
  readonly total: Money;
  readonly expiresAt: Date;
}

/** A booking that can no longer be paid. */
export interface ClosedBooking {
  readonly status: 'CLOSED';
  readonly id: string;
  readonly customerId: string;
}

/** Fetches a booking from the booking subgraph; null when there is none. */
export type FetchBooking = (id: string) => Promise<PayableBooking | ClosedBooking | null>;
