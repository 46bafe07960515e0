import { notFound } from '@marquee/errors';

import type { SeatHold } from '../domain/hold.ts';
import type { HoldClaim, Holds, Once, Shows } from '../domain/ports.ts';
import { priceSeats, subtotalOf } from '../domain/price-seats.ts';
import { sellableShow } from './sellable-show.ts';
import type { Show } from '../domain/show.ts';

export interface HoldDeps {
  readonly shows: Shows;
  readonly holds: Holds;
  readonly once: Once;
  readonly now: () => Date;
  readonly newHoldId: (cityCode: string) => string;
  /** How long a hold lasts. */
  readonly holdSeconds: number;
}

export interface HoldSeatsInput {
  readonly customerId: string;
  readonly showId: string;
  readonly seatIds: readonly string[];
  readonly idempotencyKey: string;
}

/**
 * Holds exactly these seats for one customer while they pay.
 *
 * All seats are claimed or none: the primary key over show and seat settles races, so no lock is taken.
 *
 * @throws {SeatUnavailableError} when any seat is held by another customer or sold
 * @throws {ShowClosedError} when the show has begun
 * @throws {CodedError} NOT_FOUND for an unknown show, BAD_USER_INPUT for a seat of another show
 */
export async function holdSeats(deps: HoldDeps, input: HoldSeatsInput): Promise<SeatHold> {
  const { customerId, showId, seatIds, idempotencyKey } = input;
  return deps.once(
    { caller: customerId, operation: 'holdSeats', key: idempotencyKey, body: { showId, seatIds } },
    async (key) => claimSeats(deps, await sellableShow(deps, showId), { seatIds, customerId, replacesOwn: true, key }),
    (holdId) => existingHold(deps.holds, holdId),
  );
}

/** Claims the seats for a new hold. */
export async function claimSeats(
  deps: HoldDeps,
  show: Show,
  { seatIds, ...claim }: { seatIds: readonly string[] } & Pick<HoldClaim, 'customerId' | 'replacesOwn' | 'key'>,
): Promise<SeatHold> {
  const seats = priceSeats(show, await deps.shows.layout(show.layoutId), seatIds);
  const subtotal = subtotalOf(seats);
  const id = deps.newHoldId(show.cityCode);
  return deps.holds.claim({ ...claim, id, show, seats, subtotal, holdSeconds: deps.holdSeconds });
}

/** @throws {CodedError} NOT_FOUND */
export async function existingHold(holds: Pick<Holds, 'find'>, id: string): Promise<SeatHold> {
  const hold = await holds.find(id);
  if (!hold) throw notFound('hold');
  return hold;
}
