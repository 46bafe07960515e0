/** The parents of each GraphQL type's resolvers, under its name. */
export type {
  EntityReference as City,
  EntityReference as Show,
  EntityReference as Title,
  EntityReference as User,
  EntityReference as Venue,
} from '@marquee/subgraph';

export type { HoldOfShow as CouponHold } from './domain/ports.ts';
export type { SeatHold } from './domain/hold.ts';
export type { Seat, SeatMapSection } from './domain/seat.ts';
export type { Admission as WaitingRoomAdmission } from './domain/waiting-room.ts';
export type { PriceTier } from './domain/show.ts';
export type { TicketAtVenue as Ticket } from './domain/venue-staff.ts';
export type { SalesReportRowParent as SalesReportRow } from './resolvers/SalesReportRow.ts';
export type { WaitlistChange, WaitlistEntry } from './domain/waitlist.ts';
export type { TicketTransfer } from './domain/transfer.ts';
export type { AdmissionsParent as AdmissionConnection } from './resolvers/AdmissionConnection.ts';
export type { Booking as BookingReview } from './domain/booking.ts';
export type { BookingParent as Booking } from './resolvers/Booking.ts';
export type { CustomerBookings as BookingConnection } from './resolvers/BookingConnection.ts';
