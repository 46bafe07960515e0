import { requireStaff, type StaffDeps } from '../access.ts';
import type { Admissions, ListedTicket } from '../domain/admissions.ts';
import { codeOf, type TicketCode, type TicketPublicKeys } from '../domain/ticket.ts';
import type { RequireShowDeps } from './lookups.ts';

/** Codes that are signed at a time, so that a large hall does not keep others waiting. */
const SLICE = 100;
/** How long a gate may rely on a list. */
const VALID_MS = 12 * 60 * 60_000;

export interface ReadCheckInListDeps extends RequireShowDeps, StaffDeps {
  readonly ticketKeys: {
    readonly publicKeys: TicketPublicKeys;
    hashOf(code: TicketCode): Promise<string>;
  };
  readonly admissions: Pick<Admissions, 'listed'>;
  readonly now: () => Date;
}

/** The data to check tickets at a gate without a network. It admits nobody: the codes cannot be made from it. */
export interface CheckInList {
  readonly publicKeys: TicketPublicKeys;
  readonly generatedAt: Date;
  readonly validUntil: Date;
  readonly tickets: readonly (Pick<ListedTicket, 'id' | 'status'> & { readonly code: string })[];
}

/**
 * The tickets of a show and the keys of their codes; null when there is no such show.
 *
 * @throws {CodedError} FORBIDDEN for a show at somebody else's venue
 */
export async function readCheckInList(
  deps: ReadCheckInListDeps,
  { showId, userId }: { showId: string; userId: string },
): Promise<CheckInList | null> {
  const { ticketKeys, admissions, shows } = deps;
  const show = await shows.find(showId);
  if (!show) return null;
  await requireStaff(deps, show, userId, 'CHECK_IN');
  const generatedAt = deps.now();
  const listed = await admissions.listed(show);
  const tickets: CheckInList['tickets'][number][] = [];
  for (let start = 0; start < listed.length; start += SLICE) {
    const slice = listed.slice(start, start + SLICE);
    const codes = await Promise.all(slice.map((ticket) => ticketKeys.hashOf(codeOf(ticket))));
    tickets.push(...slice.map(({ id, status }, index) => ({ id, status, code: codes[index] ?? '' })));
  }
  const validUntil = new Date(Math.min(generatedAt.getTime() + VALID_MS, show.endsAt.getTime()));
  return { publicKeys: ticketKeys.publicKeys, generatedAt, validUntil, tickets };
}
