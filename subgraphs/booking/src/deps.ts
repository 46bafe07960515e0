import type { PrismaClient } from '@marquee/prisma-booking';
import {
  customerQueue,
  findOrganisationRoles,
  type FindOrganisationRoles,
  type SubgraphRuntime,
} from '@marquee/subgraph';

import { HeldDataRepository } from './adapters/held-data.ts';
import { AdmissionTokens } from './adapters/admission-tokens.ts';
import { AdmissionRepository } from './adapters/admissions.ts';
import { BlockedSeatRepository } from './adapters/blocked-seats.ts';
import { BookingReviewRepository, observeBookingReviews } from './adapters/booking-reviews.ts';
import { BookingRepository } from './adapters/bookings.ts';
import { CancellationRepository } from './adapters/cancellations.ts';
import { CancelledShowRepository } from './adapters/cancelled-shows.ts';
import { EndedShowRepository } from './adapters/ended-shows.ts';
import { ComplimentaryTicketRepository } from './adapters/complimentary-tickets.ts';
import { DocumentLinks } from './adapters/document-links.ts';
import { ExpiringHoldRepository } from './adapters/expiring-holds.ts';
import { HoldRepository } from './adapters/holds.ts';
import { LiveSalesRepository } from './adapters/live-sales.ts';
import { OverdueBookingRepository } from './adapters/overdue-bookings.ts';
import { peopleOf } from './adapters/people.ts';
import { OfferTokens } from './adapters/offer-tokens.ts';
import { promotionsOf } from './adapters/promotions.ts';
import { RescheduleRepository } from './adapters/reschedules.ts';
import { SalesRepository } from './adapters/sales.ts';
import { SeatMapRepository } from './adapters/seat-maps.ts';
import { SealedAddresses } from './adapters/sealed-addresses.ts';
import { ShowRepository } from './adapters/shows.ts';
import { TicketKeys } from './adapters/ticket-keys.ts';
import { TicketPrinter } from './adapters/ticket-pdf.ts';
import { TicketHolderRepository } from './adapters/ticket-holders.ts';
import { TicketRepository } from './adapters/tickets.ts';
import { UnacceptedTicketRepository } from './adapters/unaccepted-tickets.ts';
import { TransferRepository } from './adapters/transfers.ts';
import { VenueBookingRepository } from './adapters/venue-bookings.ts';
import { WaitingRoomRepository } from './adapters/waiting-rooms.ts';
import { WaitlistChangeRepository } from './adapters/waitlist-changes.ts';
import { WaitlistRepository } from './adapters/waitlist.ts';
import type { People } from './domain/admissions.ts';
import { SeatsInFlight } from './domain/seats-in-flight.ts';
import type { Settings } from './settings.ts';
import type { BlockSeatsDeps } from './use-cases/block-seats.ts';
import type { CancelBookingDeps } from './use-cases/cancel-booking.ts';
import type { CreateBookingDeps } from './use-cases/create-booking.ts';
import type { DecideBookingReviewDeps } from './use-cases/decide-booking-review.ts';
import type { HoldBestAvailableDeps } from './use-cases/hold-best-available.ts';
import type { ReleaseHoldDeps } from './use-cases/release-hold.ts';
import type { ReportSalesDeps } from './use-cases/report-sales.ts';
import type { RescheduleBookingDeps } from './use-cases/reschedule-booking.ts';

/** The dependencies of use cases, resolvers, loaders, handlers and jobs. */
export interface Deps
  extends
    HoldBestAvailableDeps,
    CreateBookingDeps,
    ReleaseHoldDeps,
    ReportSalesDeps,
    CancelBookingDeps,
    BlockSeatsDeps,
    DecideBookingReviewDeps,
    RescheduleBookingDeps {
  readonly heldData: HeldDataRepository;
  readonly shows: ShowRepository;
  readonly seatMaps: SeatMapRepository;
  readonly holds: HoldRepository;
  readonly expiringHolds: ExpiringHoldRepository;
  readonly bookings: BookingRepository;
  readonly bookingReviews: BookingReviewRepository;
  readonly overdueBookings: OverdueBookingRepository;
  readonly reschedules: RescheduleRepository;
  readonly cancelledShows: CancelledShowRepository;
  readonly endedShows: EndedShowRepository;
  readonly tickets: TicketRepository;
  readonly ticketHolders: TicketHolderRepository;
  readonly ticketKeys: TicketKeys;
  readonly admissions: AdmissionRepository;
  readonly people: People;
  readonly findOrganisationRoles: FindOrganisationRoles;
  readonly transfers: TransferRepository;
  readonly liveSales: LiveSalesRepository;
  readonly complimentaryTickets: ComplimentaryTicketRepository;
  readonly unacceptedTickets: UnacceptedTicketRepository;
  readonly offerTokens: OfferTokens;
  readonly documentLinks: DocumentLinks;
  readonly printer: TicketPrinter;
  readonly venueBookings: VenueBookingRepository;
  readonly warnSeconds: number;
  readonly waitlist: WaitlistRepository;
  readonly waitlistChanges: WaitlistChangeRepository;
  readonly waitingRooms: WaitingRoomRepository;
  readonly admissionTokens: AdmissionTokens;
  readonly admissionSeconds: number;
}

export function openDeps(runtime: SubgraphRuntime<PrismaClient, Settings>): Deps {
  const { client, calls, settings, runIdempotently, now, random } = runtime;
  const { ticketSecret, formerTicketSecrets, publicUrl = '', feePercent, taxRates, ...rest } = settings;
  const { maxSeatsPerCustomer, maxSeatsUnverified, maxUnpaidSeats, admissionsPerMinute, ...periods } = rest;
  const shows = new ShowRepository(client);
  const ticketSecrets = [ticketSecret, ...formerTicketSecrets] as const;
  const addresses = new SealedAddresses(ticketSecrets);
  const bookingReviews = new BookingReviewRepository(client, { maxSeatsPerCustomer });
  observeBookingReviews(bookingReviews, runtime.instruments);
  return {
    heldData: new HeldDataRepository(client),
    shows,
    seatMaps: new SeatMapRepository(client, shows),
    holds: new HoldRepository(client, customerQueue(runtime, 'seat_claims')),
    expiringHolds: new ExpiringHoldRepository(client),
    bookings: new BookingRepository(client),
    bookingReviews,
    cancellations: new CancellationRepository(client),
    overdueBookings: new OverdueBookingRepository(client),
    venueBookings: new VenueBookingRepository(client),
    reschedules: new RescheduleRepository(client),
    cancelledShows: new CancelledShowRepository(client),
    endedShows: new EndedShowRepository(client),
    sales: new SalesRepository(client),
    pricing: { feePercent, taxRates },
    tickets: new TicketRepository(client),
    ticketHolders: new TicketHolderRepository(client),
    ticketKeys: new TicketKeys(ticketSecrets),
    liveSales: new LiveSalesRepository(client, runtime.redis, runtime.namespace),
    transfers: new TransferRepository(client, addresses),
    complimentaryTickets: new ComplimentaryTicketRepository(client, addresses),
    unacceptedTickets: new UnacceptedTicketRepository(client),
    offerTokens: new OfferTokens(ticketSecrets),
    documentLinks: new DocumentLinks(ticketSecrets, publicUrl, now),
    printer: new TicketPrinter(),
    admissions: new AdmissionRepository(client),
    people: peopleOf(calls),
    coupons: promotionsOf(calls, runtime.log, runtime.instruments),
    findOrganisationRoles: findOrganisationRoles(calls),
    seatLimits: { maxSeatsPerCustomer, maxSeatsUnverified, maxUnpaidSeats },
    seatsInFlight: new SeatsInFlight(),
    blockedSeats: new BlockedSeatRepository(client),
    waitlist: new WaitlistRepository(client),
    waitlistChanges: new WaitlistChangeRepository(client),
    waitingRooms: new WaitingRoomRepository(client, { ...periods, admissionsPerMinute }),
    admissionTokens: new AdmissionTokens(ticketSecrets, now),
    ...periods,
    ...{ runIdempotently, now, random },
  };
}
