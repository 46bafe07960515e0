import type { Connection } from '@marquee/subgraph';

import type { Booking, BookingStatus } from '../domain/booking.ts';
import type { BookingConnectionResolvers } from '../generated/resolvers.ts';

/** A page of a customer's bookings, and the list that it is from. */
export interface CustomerBookings extends Connection<Booking> {
  readonly customerId: string;
  readonly status: readonly BookingStatus[] | null;
}

export const BookingConnection: BookingConnectionResolvers = {
  totalCount: ({ customerId, status }, _args, { deps }) => deps.bookings.countOfCustomer(customerId, status),
};
