import type { UserCaller } from '@marquee/subgraph';

import { type BookingHarness, customer, type TestShow } from './harness.ts';
import { ask, book, hold } from './operations.ts';

/** The partner who owns the venue of every scheduled show. */
export const partner = customer('usr_partner', ['tickets:scan', 'sales:read']);
export const otherPartner = customer('usr_other_partner', ['tickets:scan', 'sales:read']);
export const support = customer('usr_support', ['bookings:read', 'users:read']);

const TICKETS = 'query($id: ID!) { result: booking(id: $id) { tickets { id status qrCode seat { id row number } } } }';

export interface BoughtTicket {
  readonly id: string;
  readonly qrCode: string;
  readonly status: string;
}

/** Buys seats of a show. @returns the booking's id and its tickets, as their holder sees them */
export async function buy(
  harness: BookingHarness,
  who: UserCaller,
  { showId }: TestShow,
  ...seats: readonly string[]
): Promise<{ bookingId: string; tickets: readonly [BoughtTicket, ...BoughtTicket[]] }> {
  const held = await hold(harness.subgraph, who, showId, seats);
  const { booking } = await book(harness.subgraph, who, held.hold.id);
  await harness.pay({ bookingId: booking.id, customerId: who.userId, amount: booking.price.total });
  const bought = await ask<{ tickets: [BoughtTicket] }>(harness.subgraph, who, TICKETS, { id: booking.id });
  return { bookingId: booking.id, tickets: bought.tickets };
}

export const SCAN = `mutation($qrCode: String!, $showId: ID!) { result: scanTicket(qrCode: $qrCode, showId: $showId) { __typename
  ... on ScanTicketPayload { ticket { id status checkedInAt seat { row number } } }
  ... on TicketAlreadyUsedError { message usedAt } ... on UserError { message } } }`;
