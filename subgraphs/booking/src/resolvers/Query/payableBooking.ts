import { fundedCoupon } from '../../domain/coupon.ts';
import { differenceOf, differenceParts } from '../../domain/reschedule.ts';
import type { QueryResolvers } from '../../generated/resolvers.ts';

/** The booking, or the difference while seats of another show are kept for it. */
export const payableBooking: QueryResolvers['payableBooking'] = async (_parent, { id }, { loaders }) => {
  const booking = await loaders.bookings.load(id);
  const show = booking && (await loaders.shows.load(booking.pendingReschedule?.showId ?? booking.showId));
  if (!booking || !show) return null;
  const { pendingReschedule: to, price } = booking;
  const { total: amount, currency } = price;
  const payable = { ...booking, showId: show.id, titleName: show.titleName, requestNumber: 1 };
  const sale = { ...show, showVersion: show.version };
  const coupon = fundedCoupon(booking.coupon);
  if (to === null) return { ...payable, total: { amount, currency }, sale: { ...sale, ...price, coupon } };
  const difference = differenceOf({ booking, to });
  return {
    ...{ ...payable, status: 'PENDING_PAYMENT', expiresAt: new Date(to.expiresAt), requestNumber: booking.version },
    ...{ total: { amount: difference, currency }, sale: { ...sale, ...differenceParts({ booking, to }) } },
  };
};
