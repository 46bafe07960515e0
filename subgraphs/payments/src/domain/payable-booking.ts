import type { Money } from '@marquee/money';

import type { Sale } from './sale.ts';

/** A booking that awaits payment. Booking, never the client, states its price and its customer. */
export interface PayableBooking {
  readonly status: 'PAYABLE';
  readonly id: string;
  readonly customerId: string;
  readonly total: Money;
  /** The sale, and to whom it is owed; null for a booking from before events carried it. */
  readonly sale: Sale | null;
  readonly expiresAt: Date;
}

/** The sale of a booking, with the end of its show. */
export interface BookedSale extends Sale {
  readonly endsAt: Date;
  /** Grows with each change of the show. */
  readonly showVersion: number;
}

/** A booking to add. */
export interface RequestedBooking extends Omit<PayableBooking, 'sale'> {
  /** 1 for the price, more for the difference of a move to another show. */
  readonly requestNumber: number;
  readonly sale: BookedSale | null;
}

/** A booking that can no longer be paid. */
export interface ClosedBooking {
  readonly status: 'CLOSED';
  readonly id: string;
  readonly customerId: string;
}

/** Fetches a booking from the booking subgraph; null when there is none. */
export type FetchBooking = (id: string) => Promise<RequestedBooking | ClosedBooking | null>;
