import { UserError } from '@marquee/errors';

import { publicSeatId } from './domain/seat-id.ts';

/** Some of the requested seats are sold or held by another customer. */
export class SeatUnavailableError extends UserError {
  readonly __typename = 'SeatUnavailableError';
  readonly seatIds: readonly string[];

  /** @param seatIds as the layout has them */
  constructor(showId: string, seatIds: readonly string[]) {
    super(
      seatIds.length === 1
        ? 'This seat is no longer available. Choose another.'
        : 'Some of these seats are no longer available. Choose others.',
    );
    this.seatIds = seatIds.map((id) => publicSeatId({ showId, id }));
  }
}

/** Too few seats are free. */
export class NotEnoughSeatsError extends UserError {
  readonly __typename = 'NotEnoughSeatsError';
  readonly available: number;

  constructor(available: number) {
    super(
      available === 0
        ? 'No seats are left. Try another price tier or another show.'
        : `Only ${available} ${available === 1 ? 'seat is' : 'seats are'} left. Choose fewer, another price tier or another show.`,
    );
    this.available = available;
  }
}

/** The show is not on sale. */
export class ShowClosedError extends UserError {
  readonly __typename = 'ShowClosedError';

  constructor() {
    super('This show is no longer on sale. Choose another.');
  }
}

/** The hold has expired, was released, or is booked already. */
export class HoldExpiredError extends UserError {
  readonly __typename = 'HoldExpiredError';

  constructor() {
    super('Your seats are no longer held. Choose seats again.');
  }
}
