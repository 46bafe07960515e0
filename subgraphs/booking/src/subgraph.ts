import { PrismaClient } from '@marquee/prisma-booking';
import { defineSubgraph } from '@marquee/subgraph';

import { documentRoutes } from './adapters/document-routes.ts';
import { ADDRESS_COLUMN, addressKeys } from './adapters/sealed-addresses.ts';
import { openDeps } from './deps.ts';
import { emits } from './emits.ts';
import { handlers, pushes } from './events.ts';
import { resolvers } from './generated/resolver-map.ts';
import { loaders } from './loaders.ts';
import { permissions } from './permissions.ts';
import { personalData } from './personal-data.ts';
import { settings } from './settings.ts';
import { offerSeats } from './use-cases/offer-seats.ts';
import { renderDocument } from './use-cases/render-document.ts';

const SWEEP_EVERY_MS = 1_000;
const MINUTE_MS = 60_000;

/**
 * Statements find rows by keys. Each is planned once a connection, for any parameters, since planning over eight partitions
 * takes longer than running; and by indexes, in the order of the joins, so that no plan depends on statistics: one made
 * while the tables are empty lasts until they are analysed. A plan does not depend on a parameter either:
 * `$1 IS NULL OR …` uses no index.
 */
const BY_KEYS = [
  ...['plan_cache_mode=force_generic_plan', 'join_collapse_limit=1'],
  ...['seqscan', 'hashjoin', 'mergejoin', 'material'].map((method) => `enable_${method}=off`),
];

/** The sale of seats. */
export const subgraph = defineSubgraph({
  name: 'booking',
  schema: new URL('../schema.graphql', import.meta.url),
  client: PrismaClient,
  session: BY_KEYS,
  emits,
  settings,
  asks: ['accounts', 'promotions'],
  resolvers,
  permissions,
  deps: openDeps,
  loaders,
  handlers,
  personalData,
  supportCases: true,
  riskLevels: true,
  pushes,
  sealed: {
    settings: ['ticketSecret', 'formerTicketSecrets'],
    keys: ({ ticketSecret, formerTicketSecrets }) => addressKeys([ticketSecret, ...formerTicketSecrets]),
    columns: [ADDRESS_COLUMN],
    alsoFor: 'tickets whose codes they signed',
  },
  routes: (app, deps) => documentRoutes(app, deps.documentLinks, (key) => renderDocument(deps, key)),
  jobs: ({
    expiringHolds,
    overdueBookings,
    cancelledShows,
    endedShows,
    reschedules,
    transfers,
    unacceptedTickets,
    liveSales,
    waitingRooms,
    waitlistChanges,
    warnSeconds,
    ...deps
  }) => [
    { name: 'expire-holds', everyMs: SWEEP_EVERY_MS, run: () => expiringHolds.expire() },
    { name: 'expire-bookings', everyMs: SWEEP_EVERY_MS, run: () => overdueBookings.expire() },
    { name: 'give-up-reschedules', everyMs: SWEEP_EVERY_MS, run: () => reschedules.giveUpOverdue() },
    { name: 'cancel-bookings', everyMs: SWEEP_EVERY_MS, run: () => cancelledShows.cancelBookings() },
    { name: 'announce-sales', everyMs: SWEEP_EVERY_MS / 2, run: () => liveSales.announce() },
    { name: 'expire-transfers', everyMs: MINUTE_MS, run: () => transfers.expire() },
    { name: 'return-unaccepted-tickets', everyMs: MINUTE_MS, run: () => unacceptedTickets.cancel() },
    { name: 'warn-of-hold-expiry', everyMs: SWEEP_EVERY_MS, run: () => expiringHolds.warn(warnSeconds) },
    { name: 'complete-bookings', everyMs: MINUTE_MS, run: () => endedShows.completeBookings() },
    { name: 'offer-seats', everyMs: SWEEP_EVERY_MS, run: () => offerSeats(deps) },
    { name: 'announce-waitlists', everyMs: SWEEP_EVERY_MS, run: () => waitlistChanges.announce() },
    { name: 'delete-waits', everyMs: MINUTE_MS, run: () => deps.waitlist.deleteOver() },
    { name: 'delete-waitlists', everyMs: 10 * MINUTE_MS, run: () => waitlistChanges.deleteOver() },
    { name: 'advance-waiting-rooms', everyMs: SWEEP_EVERY_MS, run: () => waitingRooms.advance() },
    { name: 'delete-waiting-rooms', everyMs: 10 * MINUTE_MS, run: () => waitingRooms.deleteOver() },
    { name: 'delete-hold-budgets', everyMs: 10 * MINUTE_MS, run: () => expiringHolds.deleteBudgets() },
  ],
});
