import { byId, byKey, groupedBy } from '@marquee/subgraph';
import DataLoader from 'dataloader';

import type { Deps } from './deps.ts';
import type { Booking, TimelineEntry } from './domain/booking.ts';
import type { SeatHold } from './domain/hold.ts';
import type { SeatStatus } from './domain/seat.ts';
import { publicSeatId, type SeatKey } from './domain/seat-id.ts';
import type { Availability, FreePlaces, Show } from './domain/show.ts';
import type { Ticket } from './domain/ticket.ts';
import type { TicketTransfer } from './domain/transfer.ts';
import type { WaitlistEntry } from './domain/waitlist.ts';

export interface Loaders {
  readonly shows: DataLoader<string, Show | null>;
  /** By the show's id. */
  readonly availability: DataLoader<string, Availability | null>;
  /** By the show's id. */
  readonly freePlaces: DataLoader<string, readonly FreePlaces[]>;
  readonly seatStatuses: DataLoader<SeatKey, SeatStatus, string>;
  readonly holds: DataLoader<string, SeatHold | null>;
  /** Active holds, by the customer's id. */
  readonly activeHolds: DataLoader<string, readonly SeatHold[]>;
  /** Entries that wait or were offered seats, by the customer's id. */
  readonly waitlistEntries: DataLoader<string, readonly WaitlistEntry[]>;
  readonly bookings: DataLoader<string, Booking | null>;
  /** By the id of the hold that became it. */
  readonly bookingsOfHolds: DataLoader<string, Booking | null>;
  readonly ticketsById: DataLoader<string, Ticket | null>;
  /** By the booking's id, as are timelines. */
  readonly tickets: DataLoader<string, readonly Ticket[]>;
  readonly timelines: DataLoader<string, readonly TimelineEntry[]>;
  /** The latest transfer of a ticket, by the ticket's id. */
  readonly transfers: DataLoader<string, TicketTransfer | null>;
  /** Names of people by their ids. */
  readonly names: DataLoader<string, string | null>;
}

type LoaderDeps = Pick<Deps, 'shows' | 'holds' | 'waitlist' | 'bookings' | 'tickets' | 'transfers' | 'people'>;

export function loaders({ shows, holds, waitlist, bookings, tickets, transfers, people }: LoaderDeps): Loaders {
  const bookingOf = ({ bookingId }: { bookingId: string }): string => bookingId;
  return {
    shows: byId((ids) => shows.findMany(ids)),
    availability: byKey(
      (showIds) => shows.availability(showIds),
      ({ showId }) => showId,
    ),
    freePlaces: groupedBy(
      (showIds) => shows.freeInSections(showIds),
      ({ showId }) => showId,
    ),
    seatStatuses: new DataLoader(
      async (seats) => {
        const taken = await shows.takenAmong(seats);
        const statuses = new Map(taken.map((seat) => [publicSeatId(seat), seat.status]));
        return seats.map((seat) => statuses.get(publicSeatId(seat)) ?? 'AVAILABLE');
      },
      { cacheKeyFn: publicSeatId },
    ),
    holds: byId((ids) => holds.findMany(ids)),
    activeHolds: groupedBy(
      (customerIds) => holds.activeOf(customerIds),
      ({ customerId }) => customerId,
    ),
    waitlistEntries: groupedBy(
      (customerIds) => waitlist.openOf(customerIds),
      ({ customerId }) => customerId,
    ),
    bookings: byId((ids) => bookings.findMany(ids)),
    bookingsOfHolds: byKey(
      (holdIds) => bookings.ofHolds(holdIds),
      ({ holdId }) => holdId,
    ),
    ticketsById: byId((ids) => tickets.findMany(ids)),
    tickets: groupedBy((bookingIds) => tickets.ofBookings(bookingIds), bookingOf),
    timelines: groupedBy((bookingIds) => bookings.timelines(bookingIds), bookingOf),
    transfers: byKey(
      (ticketIds) => transfers.latestOf(ticketIds),
      ({ ticketId }) => ticketId,
    ),
    names: new DataLoader(async (ids) => {
      const names = await people.names(ids);
      return ids.map((id) => names.get(id) ?? null);
    }),
  };
}
