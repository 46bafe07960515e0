import { PrismaClient } from '@marquee/prisma-support';
import type { Caller, FormattedResult, ServiceCalls, UserCaller } from '@marquee/subgraph';
import { type Harness, type HarnessOptions, openHarness, userCaller } from '@marquee/testkit/harness';
import { randomUUID } from 'node:crypto';
import { expect } from 'vitest';

import { subgraph } from '../src/subgraph.ts';

export { userCaller as user };

/** An agent, who may or may not be on duty. */
export const agent = (userId?: string): UserCaller => userCaller(userId, ['support:write']);

export interface Booking {
  readonly customerId: string;
  readonly status: string;
  readonly startsAt: string;
}

export interface Ticket {
  readonly id: string;
  readonly status: string;
  readonly priority: string;
  readonly assignee: { readonly id: string } | null;
}

export type SupportHarness = Harness<PrismaClient> & Desk;

interface Desk {
  /** Bookings that the booking subgraph knows, by id. */
  readonly bookings: Map<string, Booking>;
  /** Runs an operation that must succeed. @returns its first field */
  ask<T>(query: string, caller: Caller, variables?: Record<string, unknown>): Promise<T>;
  open(customer: Caller, change?: Record<string, unknown>): Promise<Ticket>;
  send(caller: Caller, ticketId: string, text: string, idempotencyKey?: string): Promise<Sent>;
  update(caller: Caller, ticketId: string, change: Record<string, unknown>): Promise<Ticket>;
  note(caller: Caller, ticketId: string, text: string): Promise<void>;
  setDuty(caller: Caller, onDuty: boolean): Promise<void>;
}

export interface Sent {
  readonly message: { readonly id: string; readonly sequence: number };
  readonly ticket: Ticket & { readonly previousTicket: { readonly id: string } | null };
  readonly isNewCase: boolean;
}

const TICKET = 'id status priority assignee { id }';
const OPEN = `mutation ($input: OpenSupportTicketInput!) {
  openSupportTicket(input: $input) {
    __typename ... on OpenSupportTicketPayload { ticket { ${TICKET} } } ... on UserError { message }
  }
}`;
const SEND = `mutation ($input: SendSupportMessageInput!) {
  sendSupportMessage(input: $input) {
    __typename ... on UserError { problem: message }
    ... on SendSupportMessagePayload { message { id sequence } ticket { ${TICKET} previousTicket { id } } isNewCase }
  }
}`;
const UPDATE = `mutation ($input: UpdateSupportTicketInput!) {
  updateSupportTicket(input: $input) {
    __typename ... on UpdateSupportTicketPayload { ticket { ${TICKET} } } ... on UserError { message }
  }
}`;
const NOTE = `mutation ($ticketId: ID!, $text: String!) {
  addInternalNote(ticketId: $ticketId, text: $text) { __typename }
}`;
const DUTY = 'mutation ($onDuty: Boolean!) { setSupportAvailability(onDuty: $onDuty) { onDuty } }';

/** The subgraph, its relay and jobs not started, with the other domains that it asks. */
export async function openSupport(options: Partial<HarnessOptions> = {}): Promise<SupportHarness> {
  const bookings = new Map<string, Booking>();
  const harness = await openHarness(subgraph, PrismaClient, { start: false, calls: othersOf(bookings), ...options });
  const ask = async <T>(query: string, caller: Caller, variables?: Record<string, unknown>): Promise<T> =>
    first<T>(await harness.execute(query, caller, variables));
  const opening = { subject: 'Where are my seats?', text: 'I cannot find them.', category: 'OTHER' };
  return {
    ...harness,
    ...{ bookings, ask },
    open: async (customer, change = {}) => {
      const { ticket } = await ask<{ ticket: Ticket }>(OPEN, customer, { input: { ...opening, ...change } });
      return ticket;
    },
    send: (caller, ticketId, text, idempotencyKey = randomUUID()) =>
      ask(SEND, caller, { input: { ticketId, text, idempotencyKey } }),
    update: async (caller, ticketId, change) =>
      (await ask<{ ticket: Ticket }>(UPDATE, caller, { input: { ticketId, ...change } })).ticket,
    note: (caller, ticketId, text) => ask(NOTE, caller, { ticketId, text }),
    setDuty: (caller, onDuty) => ask(DUTY, caller, { onDuty }),
  };
}

/** The first field of a result without errors. */
function first<T>({ data, errors }: FormattedResult): T {
  expect(errors).toBeUndefined();
  return Object.values(data as Record<string, T>)[0] as T;
}

/** The codes of a result's errors. */
export const codesOf = ({ errors = [] }: FormattedResult): unknown[] => [
  ...new Set(errors.map(({ extensions }) => extensions?.['code'])),
];

const CITIES: Readonly<Record<string, object>> = {
  cty_ber: { countryCode: 'DE', region: 'BE', timeZone: 'Europe/Berlin' },
  cty_bom: { countryCode: 'IN', region: 'MH', timeZone: 'Asia/Kolkata' },
};

function othersOf(bookings: ReadonlyMap<string, Booking>): ServiceCalls {
  const answers: Readonly<Record<string, (id: string) => unknown>> = {
    booking: (id) => {
      const found = bookings.get(id);
      return { supportedBooking: found ? { ...found, country: 'IN', timeZone: 'Asia/Kolkata' } : null };
    },
    accounts: () => ({ people: [{ homeCity: { id: 'cty_ber' } }] }),
    catalog: (id) => ({ city: CITIES[id] ?? null }),
  };
  return {
    query: async <Data>(name: string, { variables }: { variables?: Record<string, unknown> | undefined }) =>
      answers[name]?.(String(variables?.['id'])) as Data,
  };
}
