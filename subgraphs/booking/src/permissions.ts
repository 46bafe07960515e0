import { anyOf, everyone, type Permissions, service, withScope } from '@marquee/subgraph';

import {
  bookingsOfOneself,
  codeReader,
  customer,
  holderNameReader,
  oneself,
  reviewer,
  riskAnalyst,
  ticketHolder,
  venueStaff,
} from './access.ts';

/** Seats are public; a booking is visible to its customer and to support, a ticket's code to its holder alone. */
export const permissions: Permissions = {
  Query: {
    ticketOfferMail: service('accounts'),
    ticketHolders: service('notifications'),
    payableBooking: service('payments'),
    showDemand: service('catalog'),
    couponHold: service('promotions'),
    couponBookings: service('promotions'),
    supportedBooking: service('support'),
  },
  Subscription: { seatMapChanged: everyone },
  Show: { '*': everyone },
  PriceTier: { '*': everyone },
  User: { bookings: bookingsOfOneself, '*': oneself },
  SeatHold: { '*': customer },
  BookingReview: { '*': reviewer },
  WaitlistEntry: { '*': customer },
  Venue: { '*': withScope('sales:read', 'bookings:read') },
  Booking: {
    '*': customer,
    show: anyOf(customer, ticketHolder, venueStaff),
    status: anyOf(customer, venueStaff, riskAnalyst),
    createdAt: anyOf(customer, venueStaff),
    tickets: anyOf(customer, venueStaff),
    price: anyOf(customer, venueStaff),
  },
  Ticket: { qrCode: codeReader, documentUrl: codeReader, transfer: codeReader, holderName: holderNameReader },
  TicketOfferMail: { '*': service('accounts') },
  PayableBooking: { '*': service('payments') },
  CouponHold: { '*': service('promotions') },
  CouponBooking: { '*': service('promotions') },
  SupportedBooking: { '*': service('support') },
  ShowDemand: { '*': service('catalog') },
};
