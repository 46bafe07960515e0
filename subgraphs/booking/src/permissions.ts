import { everyone, ownerOr, type Permissions, service, signedIn, withScope } from '@marquee/subgraph';

import { customerOf, READ_ANY_BOOKING, REPORT_ANY_VENUE } from './access.ts';
import type { UserReference } from './domain/booking.ts';

const customer = ownerOr(READ_ANY_BOOKING, customerOf);
const oneself = ownerOr(READ_ANY_BOOKING, ({ id }: UserReference) => id);

/** Seats are public; a booking and its contents are visible to its customer and to support. */
export const permissions: Permissions = {
  Query: { booking: signedIn, payableBooking: service, salesReport: withScope('sales:read', REPORT_ANY_VENUE) },
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
