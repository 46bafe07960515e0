import {
  code,
  eventMaker,
  id,
  instant,
  money,
  ownWords,
  personalData,
  publicName,
  timeZone,
  type PayloadsOf,
} from '@marquee/events';
import { z } from 'zod';

const seatStatus = z.enum(['AVAILABLE', 'HELD', 'SOLD', 'BLOCKED']);
const bookingStatus = z.enum([
  'PENDING_PAYMENT',
  'CONFIRMED',
  'PARTIALLY_CANCELLED',
  'CANCELLED',
  'COMPLETED',
  'EXPIRED',
  'NEEDS_REVIEW',
]);

const couponFunding = z.enum(['ORGANISATION', 'MARKETPLACE']);

const reasonOfVenue = personalData({
  what: "what the venue's partner tells the customers of a cancelled show",
  readBy: ['notifications'],
  keptFor: 'as long as the notification that quotes it',
});

/** A show as people are told of it. */
const performance = z.object({ showId: id, titleName: publicName, venueName: publicName, startsAt: instant, timeZone });

/** The parts of an amount, which is `subtotal - discount + fees + tax`. */
const priceParts = z.object({ subtotal: z.int(), fees: z.int(), tax: z.int(), discount: z.int() });

/** A booking that is to be paid. */
const requestedBooking = z.object({
  bookingId: id,
  customerId: id,
  showId: id,
  total: money,
  expiresAt: instant,
  /** The sale, and to whom it is owed; null in older events. */
  sale: priceParts
    .extend({ organisationId: id, country: code, startsAt: instant, endsAt: instant, showVersion: z.int() })
    /** The coupon in the discount, and who bears it; absent without one, and in older events. */
    .extend({ coupon: z.object({ amount: z.int(), fundedBy: couponFunding }).optional() })
    .nullable()
    .default(null),
});

/** Events of booking, keyed by the booking's or the show's id. */
export const emits = {
  'booking.seats-changed': z.object({
    showId: id,
    /** The seat map's version after the change; it only grows. */
    version: z.int(),
    seats: z.array(z.object({ id, status: seatStatus })).readonly(),
  }),
  /** A party on a waitlist was offered seats, which are held for it. */
  'booking.waitlist-offered': z.object({
    entryId: id,
    customerId: id,
    showId: id,
    titleName: publicName,
    venueName: publicName,
    startsAt: instant,
    timeZone,
    partySize: z.int(),
    expiresAt: instant,
  }),
  /** People in a show's waiting room moved on; at most once a second. */
  'booking.waiting-room-moved': z.object({ showId: id, version: z.int() }),
  /** Parties on a show's waitlist moved up, were offered seats or left; at most once a second. */
  'booking.waitlist-moved': z.object({ showId: id, version: z.int() }),
  'booking.show-availability-changed': z.object({ showId: id, soldOut: z.boolean() }),
  'booking.hold-expiring': z.object({
    holdId: id,
    customerId: id,
    showId: id,
    titleName: publicName,
    expiresAt: instant,
  }),
  /** A hold ended without a booking: its customer released it, or its time was over. Not one that another hold replaced. */
  'booking.hold-ended': z.object({
    holdId: id,
    customerId: id,
    showId: id,
    seats: z.int(),
    /** The time for which the seats were held. */
    heldSeconds: z.int(),
    outcome: z.enum(['RELEASED', 'EXPIRED']),
  }),
  'booking.requested': requestedBooking,
  'booking.confirmed': z.object({
    bookingId: id,
    previousStatus: bookingStatus,
    customerId: id,
    showId: id,
    titleId: id,
    titleName: publicName,
    venueName: publicName,
    startsAt: instant,
    timeZone,
    /** The seats' labels as people read them, such as `C7`. */
    seats: z.array(publicName).readonly(),
    total: money,
    paymentId: id,
  }),
  /** A booking with a coupon was made, or its status has changed. */
  'booking.coupon-changed': z.object({
    bookingId: id,
    holdId: id,
    customerId: id,
    couponId: id,
    status: bookingStatus,
  }),
  'booking.expired': z.object({
    bookingId: id,
    previousStatus: bookingStatus,
    customerId: id,
    showId: id,
    titleName: publicName,
  }),
  /** A booking, or some of its tickets, was cancelled. */
  'booking.cancelled': z.object({
    bookingId: id,
    previousStatus: bookingStatus,
    status: bookingStatus.default('CANCELLED'),
    /** A venue cancels or moves a show; a payment of the booking was lost in a dispute. */
    by: z.enum(['CUSTOMER', 'VENUE', 'DISPUTE']).default('VENUE'),
    customerId: id,
    showId: id,
    titleName: publicName,
    venueName: publicName,
    startsAt: instant,
    timeZone,
    /** The labels of the seats that became free. */
    seats: z.array(publicName).readonly().default([]),
    /** Null unless the venue cancelled. */
    reason: reasonOfVenue.nullable(),
    /** The amount to refund; null when there is none. */
    refund: money.nullable(),
    refundTo: z.enum(['SOURCE', 'WALLET']).default('SOURCE'),
  }),
  /** Sales of a show at a venue that somebody watches, at most once a second. */
  'booking.sales-changed': z.object({ showId: id, venueId: id, version: z.int() }),
  /** Tickets were offered to somebody by mail, which accounts sends: it asks what it says. */
  'booking.tickets-offered': z.object({ offerId: id }),
  /** An offer of tickets by mail was made, accepted, taken back, or not accepted in time. */
  'booking.transfer-changed': performance.extend({
    offerId: id,
    change: z.enum(['OFFERED', 'ACCEPTED', 'TAKEN_BACK', 'EXPIRED']),
    senderId: id,
    /** Who accepted; null otherwise. */
    recipientId: id.nullable(),
    /** Whether the venue gave the tickets away. */
    isComplimentary: z.boolean(),
    seats: z.array(publicName).readonly(),
  }),
  /** Tickets that were passed on were cancelled, or their show has moved. For whom they admit. */
  'booking.passed-on-tickets-changed': performance.extend({
    holderId: id,
    by: z.enum(['VENUE', 'DISPUTE']).default('VENUE'),
    change: z.enum(['CANCELLED', 'MOVED']),
    /** Null unless the show has moved. */
    previousStartsAt: instant.nullable(),
    /** Null unless they were cancelled. */
    reason: reasonOfVenue.nullable(),
    seats: z.array(publicName).readonly(),
  }),
  /** Somebody was admitted with a ticket. */
  'booking.ticket-checked-in': performance.extend({
    ticketId: id,
    holderId: id,
    /** Null in events of before. */
    titleId: id.nullable().default(null),
    venueId: id.nullable().default(null),
    /** The booking, its customer and what it cost; absent in events of before. */
    bookingId: id.optional(),
    customerId: id.optional(),
    total: money.optional(),
    /** The part that was not refunded, and its payments; absent in events of before. */
    paid: money.optional(),
    paymentIds: z.array(id).readonly().optional(),
    /** The same payments with what each paid of the booking, in minor units; absent in events of before. */
    payments: z
      .array(z.object({ paymentId: id, amount: z.int() }))
      .readonly()
      .optional(),
    /** Whose show it is; absent in events of before. */
    organisationId: id.optional(),
    /** Whether the venue gave the ticket away; absent in events of before. */
    isComplimentary: z.boolean().optional(),
    checkedInAt: instant,
    seat: publicName,
  }),
  /** The show of a booking was moved to another time. */
  'booking.show-moved': z.object({
    bookingId: id,
    customerId: id,
    showId: id,
    titleName: publicName,
    venueName: publicName,
    previousStartsAt: instant,
    startsAt: instant,
    timeZone,
    /** Until when cancelling is free. */
    freeCancellationUntil: instant.nullable().default(null),
  }),
  /** Seats of another show are kept until the difference is paid; `total` is the difference. */
  'booking.reschedule-requested': requestedBooking.extend({
    /** Grows with each request for a payment of the booking; its first has 1. */
    requestNumber: z.int(),
  }),
  /** The difference was not paid in time. */
  'booking.reschedule-expired': z.object({ bookingId: id, customerId: id }),
  /** A booking moved to another show. */
  'booking.rescheduled': z.object({
    bookingId: id,
    customerId: id,
    previousShowId: id,
    showId: id,
    titleName: publicName,
    venueName: publicName,
    startsAt: instant,
    timeZone,
    seats: z.array(publicName).readonly(),
    /** Whose the show is, and when it ends; null in events of before. */
    show: z.object({ organisationId: id, endsAt: instant, showVersion: z.int() }).nullable().default(null),
    /** The amount paid on top or, below zero, given back. */
    priceDifference: money,
  }),
  /** The show of a booking is over. */
  'booking.completed': z.object({
    bookingId: id,
    previousStatus: bookingStatus,
    customerId: id,
    showId: id,
    titleId: id,
    venueId: id,
  }),
  /** A refund for the booking was refused for good: staff must decide. */
  'booking.review-required': z.object({
    bookingId: id,
    previousStatus: bookingStatus,
    status: bookingStatus,
    customerId: id,
    showId: id,
  }),
  /** Staff decided on the refunds of a booking that were refused. */
  'booking.review-decided': z.object({
    bookingId: id,
    previousStatus: bookingStatus,
    customerId: id,
    /** `REFUND` gives the money back to the wallet; otherwise the refunds are not made. */
    outcome: z.enum(['GIVE_TICKETS', 'REFUND', 'CLOSE']),
    refundIds: z.array(id).readonly(),
    decidedBy: id,
  }),
  /** A payment to refund: of a cancelled booking, too late for its seats, or the second for its booking. */
  'booking.refund-required': z.object({
    bookingId: id,
    customerId: id,
    paymentId: id,
    amount: money,
    /** The parts of the price that are given back; null for a payment that did not buy its booking. */
    parts: priceParts.nullable().default(null),
    /** Where the money goes: to the method it was paid with, or to the customer's wallet. */
    refundTo: z.enum(['SOURCE', 'WALLET']).default('SOURCE'),
    reason: ownWords,
  }),
};

declare module '@marquee/events/catalogue' {
  interface EventPayloads extends PayloadsOf<typeof emits> {}
}

export const newEvent = eventMaker(emits);
