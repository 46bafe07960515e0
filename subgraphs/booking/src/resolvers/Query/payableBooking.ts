import type { QueryResolvers } from '../../generated/resolvers.ts';

export const payableBooking: QueryResolvers['payableBooking'] = async (_parent, { id }, { loaders }) => {
  const booking = await loaders.bookings.load(id);
  const show = booking && (await loaders.shows.load(booking.showId));
  if (!booking || !show) return null;
  const { total: amount, currency } = booking.price;
  const sale = { ...show, ...booking.price, showVersion: show.version };
  return { ...booking, titleName: show.titleName, total: { amount, currency }, sale };
};
