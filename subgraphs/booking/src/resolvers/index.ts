import type { Resolvers } from '../generated/resolvers.ts';
import { Booking } from './Booking.ts';
import { BookingConnection } from './BookingConnection.ts';
import { createBooking } from './Mutation/createBooking.ts';
import { holdBestAvailable } from './Mutation/holdBestAvailable.ts';
import { holdSeats } from './Mutation/holdSeats.ts';
import { releaseHold } from './Mutation/releaseHold.ts';
import { booking } from './Query/booking.ts';
import { payableBooking } from './Query/payableBooking.ts';
import { salesReport } from './Query/salesReport.ts';
import { SeatHold } from './SeatHold.ts';
import { Show } from './Show.ts';
import { bookingStatusChanged } from './Subscription/bookingStatusChanged.ts';
import { seatMapChanged } from './Subscription/seatMapChanged.ts';
import { Ticket } from './Ticket.ts';
import { User } from './User.ts';

export const resolvers: Resolvers = {
  Query: { booking, payableBooking, salesReport },
  Mutation: { createBooking, holdBestAvailable, holdSeats, releaseHold },
  Subscription: { bookingStatusChanged, seatMapChanged },
  Booking,
  BookingConnection,
  SeatHold,
  Show,
  Ticket,
  User,
};
