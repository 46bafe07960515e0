import { newCityId } from '@marquee/subgraph/ids';

import type { SeatHold } from '../domain/hold.ts';
import type { HoldClaim, Holds, Shows } from '../domain/ports.ts';
import { priceSeats, subtotalOf } from '../domain/price-seats.ts';
import type { Show } from '../domain/show.ts';

export interface ClaimSeatsDeps {
  readonly shows: Pick<Shows, 'layout'>;
  readonly holds: Pick<Holds, 'claim'>;
  /** How long a hold lasts. */
  readonly holdSeconds: number;
}

export interface ClaimSeatsInput extends Pick<HoldClaim, 'customerId' | 'replacesOwn' | 'idempotency'> {
  readonly seatIds: readonly string[];
}

/**
 * Prices the seats and claims them for a new hold.
 *
 * @throws {SeatUnavailableError} when any seat is taken
 * @throws {CodedError} BAD_USER_INPUT for a seat of another show
 */
export async function claimSeats(deps: ClaimSeatsDeps, show: Show, input: ClaimSeatsInput): Promise<SeatHold> {
  const { seatIds, ...claim } = input;
  const seats = priceSeats(show, await deps.shows.layout(show), seatIds);
  return deps.holds.claim({
    ...claim,
    id: newCityId(show.cityCode, 'hld'),
    show,
    seats,
    subtotal: subtotalOf(seats),
    holdSeconds: deps.holdSeconds,
  });
}
