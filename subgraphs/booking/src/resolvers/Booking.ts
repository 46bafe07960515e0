import { paymentDeadline } from '../domain/booking.ts';
import { moneyOf } from '../domain/price.ts';
import { seatsOf } from '../domain/seat.ts';
import type { BookingResolvers } from '../generated/resolvers.ts';

export const Booking: BookingResolvers = {
  __resolveReference: ({ id }, { loaders }) => loaders.bookings.load(id),
  expiresAt: paymentDeadline,
  customer: ({ customerId }) => ({ id: customerId }),
  show: ({ showId }) => ({ id: showId }),
  seats: seatsOf,
  tickets: ({ id }, _args, { loaders }) => loaders.tickets.load(id),
  timeline: ({ id }, _args, { loaders }) => loaders.timelines.load(id),
  price: ({ price, refunded }) => ({
    ...moneyOf(price),
    refunded: { amount: refunded, currency: price.currency },
  }),
};
