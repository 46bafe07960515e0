/** The parents of each GraphQL type's resolvers, under its name. */
export type { Booking, Ticket, UserReference as User } from './domain/booking.ts';
export type { SeatHold } from './domain/hold.ts';
export type { Seat } from './domain/seat.ts';
export type { ShowReference as Show } from './domain/show.ts';
export type { CustomerBookings as BookingConnection } from './resolvers/BookingConnection.ts';
