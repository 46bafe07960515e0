import { newCityId } from '@marquee/subgraph/ids';

import type { SeatHold } from '../domain/hold.ts';
import type { HoldClaim, Holds, Shows } from '../domain/ports.ts';
import { priceSeats, subtotalOf } from '../domain/price-seats.ts';
import { type Claimant, maxSeatsOf, type SeatLimits } from '../domain/seat-limits.ts';
import type { Show } from '../domain/show.ts';

export interface ClaimSeatsDeps {
  readonly shows: Pick<Shows, 'layout'>;
  readonly holds: Pick<Holds, 'claim'>;
  /** How long a hold lasts. */
  readonly holdSeconds: number;
  /** How long a customer may keep seats of a show without paying, in an hour. */
  readonly unpaidSeconds: number;
  readonly seatLimits: SeatLimits;
}

export interface ClaimSeatsInput extends Pick<HoldClaim, 'replacesOwn' | 'idempotency' | 'offerTo'> {
  readonly buyer: Claimant;
  readonly seatIds: readonly string[];
}

/**
 * Prices the seats and claims them for a new hold.
 *
 * @returns null when the show has changed since it was read
 * @throws {SeatUnavailableError} when any seat is taken
 * @throws {SeatLimitExceededError} when the buyer would have too many seats
 * @throws {HoldTimeExceededError} when the buyer has kept seats of the show for too long without paying
 * @throws {CodedError} BAD_USER_INPUT for a seat of another show
 */
export async function claimSeats(deps: ClaimSeatsDeps, show: Show, input: ClaimSeatsInput): Promise<SeatHold | null> {
  const { seatIds, buyer, ...claim } = input;
  const { holdSeconds, unpaidSeconds, seatLimits } = deps;
  const seats = priceSeats(show, await deps.shows.layout(show), seatIds);
  return deps.holds.claim({
    ...{ ...claim, ...buyer, show, seats, holdSeconds, unpaidSeconds },
    id: newCityId(show.cityCode, 'hld'),
    subtotal: subtotalOf(seats),
    maxSeats: maxSeatsOf(buyer, show, seatLimits),
    maxUnpaidSeats: seatLimits.maxUnpaidSeats,
  });
}
