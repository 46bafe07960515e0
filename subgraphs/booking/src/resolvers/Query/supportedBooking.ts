import type { QueryResolvers } from '../../generated/resolvers.ts';

export const supportedBooking: QueryResolvers['supportedBooking'] = async (_parent, { id }, { loaders }) => {
  const booking = await loaders.bookings.load(id);
  const show = booking && (await loaders.shows.load(booking.showId));
  return show ? { ...show, ...booking } : null;
};
