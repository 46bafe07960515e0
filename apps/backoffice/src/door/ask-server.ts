import type { ApolloClient } from '@apollo/client';
import { problemOf } from '@marquee/app-kit/api';

import { type ScanOutcome, ScanTicketDocument } from '../generated/graphql.ts';
import { outcomeOf } from './scans.ts';

/** A queue does not wait longer for the network: the gate decides by its list. */
const PATIENCE_MS = 4_000;
const AWAY = ['OFFLINE', 'SUBGRAPH_UNAVAILABLE', 'INTERNAL_SERVER_ERROR', 'RATE_LIMITED'];

export interface ServerDecision {
  readonly outcome: ScanOutcome;
  readonly usedAt: string | null;
  readonly seat: string | undefined;
  readonly ticketId: string | undefined;
}

/** @returns undefined when the server does not answer in time */
export async function askServer(
  client: ApolloClient,
  showId: string,
  qrCode: string,
  patienceMs: number = PATIENCE_MS,
): Promise<ServerDecision | undefined> {
  if (!navigator.onLine) return undefined;
  const signal = AbortSignal.timeout(patienceMs);
  const context = { fetchOptions: { signal } };
  // A token may have to be exchanged before the request.
  const tooLate = new Promise<undefined>((resolve) => {
    signal.addEventListener('abort', () => resolve(undefined));
  });
  try {
    const asked = client.mutate({ mutation: ScanTicketDocument, variables: { qrCode, showId }, context });
    const result = (await Promise.race([asked, tooLate]))?.data?.scanTicket;
    if (!result) return undefined;
    const ticket = result.__typename === 'ScanTicketPayload' ? result.ticket : undefined;
    const seat = ticket && [ticket.seat.row, ticket.seat.number].filter(Boolean).join(' ');
    return { ...outcomeOf(result), seat, ticketId: ticket?.id };
  } catch (error) {
    if (AWAY.includes(problemOf(error).code)) return undefined;
    throw error;
  }
}
