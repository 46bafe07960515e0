import type { PrismaClient } from '@marquee/prisma-booking';
import { newCityId } from '@marquee/subgraph';

import { BookingRepository } from './adapters/bookings.ts';
import { ExpiringHoldRepository } from './adapters/expiring-holds.ts';
import { HoldRepository } from './adapters/holds.ts';
import { OverdueBookingRepository } from './adapters/overdue-bookings.ts';
import { SalesRepository } from './adapters/sales.ts';
import { SeatLayoutRepository } from './adapters/seat-layouts.ts';
import { ShowRepository } from './adapters/shows.ts';
import { HmacTicketCodes } from './adapters/ticket-codes.ts';
import type { Bookings, OverdueBookings } from './domain/bookings.ts';
import type { ExpiringHolds, Holds } from './domain/holds.ts';
import type { RunIdempotently } from './domain/idempotency.ts';
import type { FeeRates } from './domain/price-booking.ts';
import type { Shows } from './domain/shows.ts';
import type { TicketCodes } from './domain/ticket-codes.ts';
import type { CreateBookingDeps } from './use-cases/create-booking.ts';
import type { HoldBestAvailableDeps } from './use-cases/hold-best-available.ts';
import type { ReadSeatMapDeps } from './use-cases/read-seat-map.ts';
import type { ReleaseHoldDeps } from './use-cases/release-hold.ts';
import type { ReportSalesDeps } from './use-cases/report-sales.ts';

type UseCaseDeps = HoldBestAvailableDeps & CreateBookingDeps & ReleaseHoldDeps & ReadSeatMapDeps & ReportSalesDeps;

/** Everything that use cases, resolvers, loaders and jobs are given. */
export interface Deps extends UseCaseDeps {
  readonly shows: Shows;
  readonly holds: Holds;
  readonly expiringHolds: ExpiringHolds;
  readonly bookings: Bookings;
  readonly overdueBookings: OverdueBookings;
  readonly ticketCodes: TicketCodes;
}

export interface BookingSettings {
  /** Signs the QR codes of tickets; changing it invalidates every issued code. */
  readonly ticketSecret: string;
  /** How long a hold lasts; 600 s by default. */
  readonly holdSeconds?: number;
  /** How long before a hold expires its customer is warned; 120 s by default. */
  readonly warnSeconds?: number;
  /** How long a booking awaits its payment; 900 s by default. */
  readonly paymentSeconds?: number;
  readonly fees?: FeeRates;
}

/** Resources that the adapters are built on. */
export interface Resources {
  readonly client: PrismaClient;
  readonly runIdempotently: RunIdempotently;
  readonly settings: BookingSettings;
  readonly now?: (() => Date) | undefined;
  readonly random?: (() => number) | undefined;
}

const STANDARD_FEES: FeeRates = { feePercent: 6, taxPercent: 20 };

export function openDeps({ client, runIdempotently, settings, now, random }: Resources): Deps {
  return {
    shows: new ShowRepository(client),
    layouts: new SeatLayoutRepository(client),
    holds: new HoldRepository(client),
    expiringHolds: new ExpiringHoldRepository(client),
    bookings: new BookingRepository(client),
    overdueBookings: new OverdueBookingRepository(client),
    sales: new SalesRepository(client),
    ticketCodes: new HmacTicketCodes(settings.ticketSecret),
    runIdempotently,
    now: now ?? (() => new Date()),
    random: random ?? Math.random,
    fees: settings.fees ?? STANDARD_FEES,
    holdSeconds: settings.holdSeconds ?? 600,
    paymentSeconds: settings.paymentSeconds ?? 900,
    newHoldId: (cityCode) => newCityId(cityCode, 'hld'),
    newBookingId: (cityCode) => newCityId(cityCode, 'bkg'),
  };
}
