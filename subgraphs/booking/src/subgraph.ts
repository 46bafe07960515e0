import { PrismaClient } from '@marquee/prisma-booking';
import { connectDomain, defineSubgraph, type DomainDeps, type Subgraph } from '@marquee/subgraph';

import type { Context } from './context.ts';
import { type BookingSettings, openDeps } from './deps.ts';
import { handlers } from './events.ts';
import { loaders } from './loaders.ts';
import { permissions } from './permissions.ts';
import { push } from './push.ts';
import { resolvers } from './generated/resolver-map.ts';

export type { BookingSettings };

export interface BookingDeps extends DomainDeps {
  readonly settings: BookingSettings;
  readonly now?: () => Date;
  readonly random?: () => number;
}

const SWEEP_EVERY_MS = 1_000;

/** Puts the booking subgraph together. */
export function buildBooking(deps: BookingDeps): Subgraph {
  const { settings, now, random, log } = deps;
  const { warnSeconds = 120 } = settings;
  const runtime = connectDomain('booking', PrismaClient, deps, push);
  const { client, relay, pubSub, once: runIdempotently } = runtime;
  const bookingDeps = openDeps({ client, runIdempotently, settings, now, random });
  const { expiringHolds, overdueBookings } = bookingDeps;

  return defineSubgraph({
    name: 'booking',
    schemaFile: new URL('../schema.graphql', import.meta.url),
    resolvers,
    permissions,
    context: (request): Context => ({ ...request, deps: bookingDeps, pubSub, loaders: loaders(bookingDeps) }),
    relay,
    consumers: [runtime.consumer(handlers)],
    jobs: [
      { name: 'expire-holds', everyMs: SWEEP_EVERY_MS, run: async () => void (await expiringHolds.expire()) },
      { name: 'expire-bookings', everyMs: SWEEP_EVERY_MS, run: async () => void (await overdueBookings.expire()) },
      { name: 'warn-of-hold-expiry', everyMs: SWEEP_EVERY_MS, run: () => expiringHolds.warn(warnSeconds) },
      runtime.housekeeping,
    ],
    ready: runtime.ready,
    close: runtime.close,
    log,
    instruments: deps.instruments,
  });
}
