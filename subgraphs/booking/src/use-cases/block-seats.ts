import { badInput } from '@marquee/errors';

import { requireStaff, type StaffDeps } from '../access.ts';
import type { BlockedSeats } from '../domain/blocked-seats.ts';
import type { Shows } from '../domain/ports.ts';
import { layoutSeatId, seatOfAnotherShow } from '../domain/seat-id.ts';
import { type Seat, seatOf } from '../domain/seat.ts';
import type { Show } from '../domain/show.ts';
import { SeatUnavailableError } from '../errors.ts';
import { requireShow } from './lookups.ts';
import { assertNotOver } from './show-on-sale.ts';

export interface BlockSeatsDeps extends StaffDeps {
  readonly shows: Pick<Shows, 'find' | 'layout'>;
  readonly blockedSeats: BlockedSeats;
  readonly now: () => Date;
}

export interface UnblockSeatsInput {
  /** Who works at the venue. */
  readonly userId: string;
  readonly showId: string;
  /** As clients know them. */
  readonly seatIds: readonly string[];
}

export interface BlockSeatsInput extends UnblockSeatsInput {
  readonly reason: string;
}

const FIELD = 'seatIds';

/**
 * Takes free seats of a show from sale: all of them or none. Blocking them again gives them the new reason.
 *
 * @throws {SeatUnavailableError} when any seat is sold or held
 * @throws {ShowClosedError} when the show has begun or is cancelled
 * @throws {CodedError} BAD_USER_INPUT, NOT_FOUND, or FORBIDDEN for a show at somebody else's venue
 */
export async function blockSeats(deps: BlockSeatsDeps, input: BlockSeatsInput): Promise<Seat[]> {
  const reason = input.reason.trim();
  if (reason === '') throw badInput('reason', 'Enter a reason.');
  const { show, seats } = await requireSeatsOfVenue(deps, input);
  const taken = await deps.blockedSeats.block(show, { seats, reason, by: input.userId });
  if (taken.length > 0) throw new SeatUnavailableError(show.id, taken);
  return seats.map((seat) => ({ ...seat, status: 'BLOCKED' }));
}

/** Puts blocked seats on sale again; others stay as they are. @throws {CodedError} as {@link blockSeats} */
export async function unblockSeats(deps: BlockSeatsDeps, input: UnblockSeatsInput): Promise<Seat[]> {
  const { show, seats } = await requireSeatsOfVenue(deps, input);
  await deps.blockedSeats.unblock(
    show,
    seats.map(({ id }) => id),
    input.userId,
  );
  return seats;
}

async function requireSeatsOfVenue(
  deps: BlockSeatsDeps,
  { showId, seatIds, userId }: UnblockSeatsInput,
): Promise<{ show: Show; seats: Seat[] }> {
  const show = await requireShow(deps, showId);
  await requireStaff(deps, show, userId, 'SEATS');
  assertNotOver(show, deps.now());
  if (seatIds.length === 0) throw badInput(FIELD, 'Choose at least one seat.');
  const layout = await deps.shows.layout(show);
  const chosen = [...new Set(seatIds.map((id) => layoutSeatId(showId, id, FIELD)))];
  if (!chosen.every((id) => layout.place(id))) throw seatOfAnotherShow(FIELD);
  return { show, seats: chosen.map((id) => seatOf(show, layout, id)) };
}
