import { eventually } from '@marquee/testkit';

import { type GraphClient, GraphRequestError } from '../../src/client/index.ts';
import type { Marketplace } from '../marketplace.ts';
import { query } from '../server-process.ts';

/** Whoever takes part in a case. */
export interface Cast {
  readonly customer: GraphClient;
  readonly agent: GraphClient;
  readonly admin: GraphClient;
}

interface Opened {
  readonly openSupportTicket: { readonly ticket: { readonly id: string } };
}
interface Read {
  readonly supportTicket: { readonly booking: object };
}
interface Logged {
  readonly auditLog: { readonly edges: readonly { readonly node: { readonly detail: string } }[] };
}

const OPEN = `mutation OpenTicket($bookingId: ID!) {
  openSupportTicket(input: { subject: "A seat", text: "It creaks.", category: BOOKING, bookingId: $bookingId }) {
    ... on OpenSupportTicketPayload { ticket { id } }
  }
}`;
const READ = `query ReadTicket($id: ID!) { supportTicket(id: $id) { subject booking { id status payments { id status } } } }`;
const BOOKING = 'query ReadBooking($id: ID!) { booking(id: $id) { id payments { id } } }';
const RESOLVE = `mutation ResolveTicket($id: ID!) {
  updateSupportTicket(input: { ticketId: $id, status: RESOLVED }) { __typename }
}`;
const LOG = `query ReadLog { auditLog(filter: { actorId: "usr_seed_agent" }, first: 100) { edges { node { detail } } } }`;
const AGED = `UPDATE support_cases SET resolved_at = now() - interval '8 days' WHERE resolved_at IS NOT NULL`;

/** The entries of the log about a look by support. */
export const readBySupport = (type: string): string => `Read ${type} by the scope support:write.`;

/** A customer's case of a booking, as an agent comes to see it, and no longer does. */
export async function openAsSupport(
  { marketplace, bookingId }: { readonly marketplace: Marketplace; readonly bookingId: string },
  { customer, agent, admin }: Cast,
) {
  const booking = (): Promise<unknown> => send(agent, BOOKING, { id: bookingId });
  const stranger = await refusalOf(booking());
  const { ticket } = (await send<Opened>(customer, OPEN, { bookingId })).openSupportTicket;
  const seen = await eventually(async () => (await send<Read>(agent, READ, ticket)).supportTicket.booking);
  const logged = await eventually(async () => {
    const { edges } = (await send<Logged>(admin, LOG, {})).auditLog;
    const details = edges.map(({ node }) => node.detail);
    if (!details.includes(readBySupport('Payment'))) throw new Error('The look is not in the log yet');
    return details;
  });
  await send(agent, RESOLVE, ticket);
  const eightDaysLater = await eventually(async () => {
    for (const domain of ['booking', 'payments']) await query(marketplace.databaseUrl(domain), AGED);
    const refused = await refusalOf(booking());
    if (refused === null) throw new Error('Booking has not heard of the resolve yet');
    return refused;
  });
  return { stranger, seen, logged, eightDaysLater };
}

function send<Data>(client: GraphClient, document: string, variables: object): Promise<Data> {
  const name = /(?:query|mutation) (\w+)/.exec(document)?.[1] ?? '';
  return client.request<Data, object>({ name, document }, variables);
}

/** The codes of a refused answer; null when it was served. */
async function refusalOf(answer: Promise<unknown>): Promise<readonly string[] | null> {
  try {
    await answer;
    return null;
  } catch (error) {
    if (error instanceof GraphRequestError) return error.codes;
    throw error;
  }
}
