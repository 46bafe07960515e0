import { PrismaClient } from '@marquee/prisma-booking';
import { connectDomain, defineSubgraph, type DomainDeps, newCityId, type Subgraph } from '@marquee/subgraph';

import type { BookingContext } from './context.ts';
import type { FeeRates } from './domain/price-booking.ts';
import { handlers } from './events.ts';
import { bookingLoaders } from './loaders.ts';
import { permissions } from './permissions.ts';
import { push } from './push.ts';
import { BookingRepository } from './adapters/bookings.ts';
import { HoldRepository } from './adapters/holds.ts';
import { expireOverdueBookings } from './adapters/overdue-bookings.ts';
import { SalesRepository } from './adapters/sales.ts';
import { ShowRepository } from './adapters/shows.ts';
import { resolvers } from './generated/resolver-map.ts';
import { bookingUseCases } from './use-cases.ts';

export interface BookingSettings {
  /** Signs the QR codes of tickets; changing it voids the codes that people have. */
  readonly ticketSecret: string;
  /** How long a hold lasts; 600 s when not given. */
  readonly holdSeconds?: number;
  /** How long before its end the customer of a hold is told; 120 s when not given. */
  readonly warnSeconds?: number;
  /** How long a booking waits for its payment; 900 s when not given. */
  readonly paymentSeconds?: number;
  readonly fees?: FeeRates;
}

export interface BookingDeps extends DomainDeps {
  readonly settings: BookingSettings;
  readonly now?: () => Date;
  readonly random?: () => number;
}

const STANDARD_FEES: FeeRates = { feePercent: 6, taxPercent: 20 };
const SWEEP_EVERY_MS = 1_000;

/** Puts the booking subgraph together. */
export function buildBooking(deps: BookingDeps): Subgraph {
  const { settings, now = () => new Date(), random = Math.random, log } = deps;
  const { holdSeconds = 600, paymentSeconds = 900, warnSeconds = 120, fees = STANDARD_FEES, ticketSecret } = settings;
  const runtime = connectDomain('booking', PrismaClient, deps, push);
  const { client, relay, pubSub, once } = runtime;
  const shows = new ShowRepository(client);
  const holds = new HoldRepository(client);
  const bookings = new BookingRepository(client);
  const booking = bookingUseCases({
    shows,
    holds,
    bookings,
    sales: new SalesRepository(client),
    once,
    now,
    random,
    fees,
    holdSeconds,
    paymentSeconds,
    ticketSecret,
    newHoldId: (cityCode) => newCityId(cityCode, 'hld'),
    newBookingId: (cityCode) => newCityId(cityCode, 'bkg'),
  });

  return defineSubgraph({
    name: 'booking',
    schemaFile: new URL('../schema.graphql', import.meta.url),
    resolvers,
    permissions,
    context: (request): BookingContext => ({ ...request, booking, pubSub, loaders: bookingLoaders(shows, bookings) }),
    relay,
    consumers: [runtime.consumer(handlers)],
    jobs: [
      { name: 'expire holds', everyMs: SWEEP_EVERY_MS, run: async () => void (await holds.expire()) },
      { name: 'expire bookings', everyMs: SWEEP_EVERY_MS, run: async () => void (await expireOverdueBookings(client)) },
      { name: 'warn of holds about to expire', everyMs: SWEEP_EVERY_MS, run: () => holds.warnBefore(warnSeconds) },
      runtime.housekeeping,
    ],
    ready: runtime.ready,
    close: runtime.close,
    log,
    instruments: deps.instruments,
  });
}
