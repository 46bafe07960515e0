import type { ServiceCalls } from '@marquee/subgraph';

import type { FetchTicketHolders } from '../domain/ports.ts';

const QUERY = `query TicketHolders($showId: ID!, $after: ID, $first: Int!) {
  ticketHolders(showId: $showId, after: $after, first: $first)
}`;

/** Asks booking under notifications' service identity. */
export function ticketHoldersOf(calls: ServiceCalls): FetchTicketHolders {
  return async (showId, { after, first }) => {
    const variables = { showId, after: after === '' ? null : after, first };
    const { ticketHolders } = await calls.query<{ ticketHolders: string[] }>('booking', { query: QUERY, variables });
    return ticketHolders;
  };
}
