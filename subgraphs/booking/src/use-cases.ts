import type { Booking, BookingStatus } from './domain/booking.ts';
import { createBooking, type CreateBookingDeps, type CreateBookingInput } from './use-cases/create-booking.ts';
import {
  holdBestAvailable,
  type HoldBestAvailableDeps,
  type HoldBestAvailableInput,
} from './use-cases/hold-best-available.ts';
import { holdSeats, type HoldSeatsInput } from './use-cases/hold-seats.ts';
import type { SeatHold } from './domain/hold.ts';
import { reportSales, type Sales, type SalesQuery, type SalesRow } from './use-cases/report-sales.ts';
import { releaseHold } from './use-cases/release-hold.ts';
import { seatMapOf, type SeatMap } from './domain/seat-map.ts';
import type { Show } from './domain/show.ts';
import { ticketCode } from './adapters/ticket-codes.ts';
import type { BookingRepository, CustomerPage } from './adapters/bookings.ts';

/** What resolvers call. */
export interface BookingUseCases {
  holdSeats(input: HoldSeatsInput): Promise<SeatHold>;
  holdBestAvailable(input: HoldBestAvailableInput): Promise<SeatHold>;
  releaseHold(input: { holdId: string; customerId: string }): Promise<SeatHold>;
  createBooking(input: CreateBookingInput): Promise<Booking>;
  seatMap(show: Show): Promise<SeatMap>;
  ofCustomer(page: CustomerPage): Promise<Booking[]>;
  countOfCustomer(customerId: string, status: readonly BookingStatus[] | null): Promise<number>;
  reportSales(query: SalesQuery): Promise<readonly SalesRow[]>;
  ticketCode(ticketId: string): string;
}

export interface BookingUseCaseDeps extends HoldBestAvailableDeps, CreateBookingDeps {
  readonly bookings: BookingRepository;
  readonly sales: Sales;
  /** Signs the QR codes of tickets. */
  readonly ticketSecret: string;
}

export function bookingUseCases(deps: BookingUseCaseDeps): BookingUseCases {
  return {
    holdSeats: (input) => holdSeats(deps, input),
    holdBestAvailable: (input) => holdBestAvailable(deps, input),
    releaseHold: (input) => releaseHold(deps, input),
    createBooking: (input) => createBooking(deps, input),
    seatMap: async (show) => {
      const [layout, taken] = await Promise.all([deps.shows.layout(show.layoutId), deps.shows.taken(show)]);
      return seatMapOf(show, layout, taken);
    },
    ofCustomer: (page) => deps.bookings.ofCustomer(page),
    countOfCustomer: (customerId, status) => deps.bookings.countOfCustomer(customerId, status),
    reportSales: (query) => reportSales(deps, query),
    ticketCode: (ticketId) => ticketCode(deps.ticketSecret, ticketId),
  };
}
