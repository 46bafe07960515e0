import { resultOf } from '@marquee/errors';

import { type Booking as DomainBooking, paymentDeadline } from '../domain/booking.ts';
import { moneyOf } from '../domain/price.ts';
import { differenceOf } from '../domain/reschedule.ts';
import { seatsOf } from '../domain/seat.ts';
import type { Ticket } from '../domain/ticket.ts';
import { RescheduleClosedError, ShowClosedError } from '../errors.ts';
import type { BookingResolvers } from '../generated/resolvers.ts';
import { quoteCancellation } from '../use-cases/quote-cancellation.ts';
import { quoteReschedule } from '../use-cases/quote-reschedule.ts';

export interface BookingParent extends DomainBooking {
  /** The ticket through which the booking was reached. */
  readonly reachedFrom?: Ticket;
  /** The member of its venue's staff in whose list it was found. */
  readonly shownTo?: string | undefined;
  /** The same, when they check people in there: they see whom the tickets admit. */
  readonly holdersShownTo?: string | undefined;
}

export const Booking: BookingResolvers = {
  __resolveReference: ({ id }, { loaders }) => loaders.bookings.load(id),
  expiresAt: paymentDeadline,
  customer: ({ customerId }) => ({ id: customerId }),
  show: ({ showId }) => ({ id: showId }),
  seats: seatsOf,
  tickets: async ({ id, holdersShownTo: shownTo }, _args, { loaders }) => {
    const tickets = await loaders.tickets.load(id);
    return shownTo === undefined ? tickets : tickets.map((ticket) => ({ ...ticket, shownTo }));
  },
  timeline: ({ id }, _args, { loaders }) => loaders.timelines.load(id),
  pendingReschedule: (booking) => {
    const { pendingReschedule: to, price } = booking;
    if (to === null) return null;
    const { showId, seats, expiresAt } = to;
    const priceDifference = { amount: differenceOf({ booking, to }), currency: price.currency };
    return { show: { id: showId }, seats: seatsOf({ showId, seats }), priceDifference, expiresAt: new Date(expiresAt) };
  },
  calendarUrl: async ({ id }, _args, { deps, loaders }) => {
    const tickets = await loaders.tickets.load(id);
    const isValid = tickets.some(({ status }) => status !== 'CANCELLED');
    return isValid ? deps.documentLinks.urlOf({ kind: 'calendars', id, version: 0 }) : null;
  },
  cancellationQuote: (booking, { ticketIds }, { deps, loaders }) => {
    const shows = { find: (id: string) => loaders.shows.load(id) };
    const tickets = { ofBookings: async () => loaders.tickets.load(booking.id) };
    const choice = { booking, ticketIds: ticketIds ?? null, field: 'ticketIds', at: deps.now() };
    return quoteCancellation({ shows, tickets }, choice);
  },
  rescheduleQuote: (booking, { input }, { deps, loaders }) => {
    const shows = { find: (id: string) => loaders.shows.load(id), layout: deps.shows.layout.bind(deps.shows) };
    const tickets = { ofBookings: async () => loaders.tickets.load(booking.id) };
    const { pricing, now } = deps;
    return resultOf([RescheduleClosedError, ShowClosedError], async () => ({
      __typename: 'RescheduleQuote' as const,
      ...(await quoteReschedule({ shows, tickets, pricing, now }, { booking, ...input })),
    }));
  },
  coupon: ({ coupon, price: { currency } }) =>
    coupon && { code: coupon.code, discount: { amount: coupon.amount, currency } },
  price: ({ price, refunded }) => ({
    ...moneyOf(price),
    refunded: { amount: Math.max(0, refunded), currency: price.currency },
  }),
};
