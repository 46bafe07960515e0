import { everyone, ownerOr, type Permissions, service, signedIn, withScope } from '@marquee/subgraph';

import type { Booking, UserReference } from './domain/booking.ts';

const customer = ownerOr('bookings:read', ({ customerId }: Booking) => customerId);
const oneself = ownerOr('bookings:read', ({ id }: UserReference) => id);

/** Seats are for everybody to see; a booking and all in it only for its customer and for support. */
export const permissions: Permissions = {
  Query: { booking: signedIn, payableBooking: service, salesReport: withScope('sales:read', 'reports:read') },
  Mutation: { holdSeats: signedIn, holdBestAvailable: signedIn, releaseHold: signedIn, createBooking: signedIn },
  Subscription: { seatMapChanged: everyone, bookingStatusChanged: signedIn },
  Show: everyone,
  User: { id: everyone, bookings: oneself },
  Availability: everyone,
  SeatMap: everyone,
  SeatMapSection: everyone,
  SeatMapRow: everyone,
  SeatMapSeat: everyone,
  PriceTier: everyone,
  Seat: everyone,
  SeatMapChange: everyone,
  SeatChange: everyone,
  SeatHold: everyone,
  Booking: {
    id: everyone,
    status: customer,
    createdAt: customer,
    expiresAt: customer,
    customer: customer,
    show: customer,
    seats: customer,
    tickets: customer,
    price: customer,
    timeline: customer,
  },
  SalesReport: everyone,
  SalesReportRow: everyone,
  BookingPrice: everyone,
  Ticket: everyone,
  BookingTimelineEntry: everyone,
  BookingConnection: everyone,
  BookingEdge: everyone,
  BookingStatusChange: everyone,
  PayableBooking: service,
  HoldSeatsPayload: everyone,
  ReleaseHoldPayload: everyone,
  CreateBookingPayload: everyone,
  SeatUnavailableError: everyone,
  NotEnoughSeatsError: everyone,
  ShowClosedError: everyone,
  HoldExpiredError: everyone,
};
