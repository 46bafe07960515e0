import { openPlainClient, type PlainClient } from '@marquee/database';
import { databaseNames } from '@marquee/stack/databases';

import { adSpendIsPosted } from './ad-spend-is-posted.ts';
import { bookingsArePaid } from './bookings-are-paid.ts';
import { bookingsEqualTheirEvents } from './bookings-equal-their-events.ts';
import { claimsHaveAReason } from './claims-have-a-reason.ts';
import { couponsEqualARecount } from './coupons-equal-a-recount.ts';
import { couponsFollowBookings } from './coupons-follow-bookings.ts';
import { customersAreToldOnce } from './customers-are-told-once.ts';
import { eventsAreReceived } from './events-are-received.ts';
import { invoicesHaveNoGaps } from './invoices-have-no-gaps.ts';
import { ledgerBalances } from './ledger-balances.ts';
import { lostPaymentsAdmitNobody } from './lost-payments-admit-nobody.ts';
import { moneyComesToRest } from './money-comes-to-rest.ts';
import { nothingOutlivesItsTime } from './nothing-outlives-its-time.ts';
import { notificationsAreNumbered } from './notifications-are-numbered.ts';
import { offersAreHolds } from './offers-are-holds.ts';
import { ratingsEqualARecount } from './ratings-equal-a-recount.ts';
import { refundsAreMadeOnce } from './refunds-are-made-once.ts';
import { reportsEqualARecount } from './reports-equal-a-recount.ts';
import type { Databases, Rule } from './rule.ts';
import { seatsAreCounted } from './seats-are-counted.ts';
import { seatsAreSoldOnce } from './seats-are-sold-once.ts';
import { supportMessagesAreNumbered } from './support-messages-are-numbered.ts';
import { ticketsHaveTheirSeats } from './tickets-have-their-seats.ts';
import { transfersAreCounted } from './transfers-are-counted.ts';

/** The invariants of the marketplace. */
export const RULES: readonly Rule[] = [
  seatsAreSoldOnce,
  ticketsHaveTheirSeats,
  claimsHaveAReason,
  seatsAreCounted,
  nothingOutlivesItsTime,
  transfersAreCounted,
  offersAreHolds,
  bookingsEqualTheirEvents,
  bookingsArePaid,
  lostPaymentsAdmitNobody,
  refundsAreMadeOnce,
  moneyComesToRest,
  ledgerBalances,
  invoicesHaveNoGaps,
  eventsAreReceived,
  customersAreToldOnce,
  notificationsAreNumbered,
  supportMessagesAreNumbered,
  ratingsEqualARecount,
  couponsEqualARecount,
  couponsFollowBookings,
  reportsEqualARecount,
  adSpendIsPosted,
];

/** Looks for what breaks the rules. @returns a line for each, which begins with the rule */
export async function sweep(databases: Databases): Promise<string[]> {
  const found: string[] = [];
  for (const { name, violations } of RULES) {
    found.push(...(await violations(databases)).map((what) => `${name}: ${what}`));
  }
  return found;
}

/** Sweeps the databases at these addresses. @throws when one cannot be reached */
export async function sweepAt(urlOf: (name: string) => string): Promise<string[]> {
  const open = new Map<string, PlainClient>();
  try {
    for (const name of databaseNames()) open.set(name, await openPlainClient(urlOf(name)));
    return await sweep((name) => present(open, name));
  } finally {
    await Promise.all([...open.values()].map((client) => client.close()));
  }
}

function present(open: ReadonlyMap<string, PlainClient>, name: string): PlainClient {
  const client = open.get(name);
  if (!client) throw new Error(`${name} has no database`);
  return client;
}
