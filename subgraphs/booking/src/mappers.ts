/** The parents of each GraphQL type's resolvers, under its name. */
export type { EntityReference as Show, EntityReference as User } from '@marquee/subgraph';

export type { Booking, Ticket } from './domain/booking.ts';
export type { SeatHold } from './domain/hold.ts';
export type { Seat } from './domain/seat.ts';
export type { PriceTier } from './domain/show.ts';
export type { CustomerBookings as BookingConnection } from './resolvers/BookingConnection.ts';
