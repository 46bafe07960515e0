import { UserError } from '@marquee/errors';

/** Some of the seats asked for are held by somebody else or sold. */
export class SeatUnavailableError extends UserError {
  readonly __typename = 'SeatUnavailableError';
  readonly seatIds: string[];

  constructor(seatIds: readonly string[]) {
    super(seatIds.length === 1 ? 'This seat is no longer free.' : 'Some of these seats are no longer free.');
    this.seatIds = [...seatIds];
  }
}

/** Fewer seats are free than asked for. */
export class NotEnoughSeatsError extends UserError {
  readonly __typename = 'NotEnoughSeatsError';
  readonly available: number;

  constructor(available: number) {
    super(available === 0 ? 'No such seats are free.' : `Only ${available} such seats are free.`);
    this.available = available;
  }
}

/** The show is not on sale. */
export class ShowClosedError extends UserError {
  readonly __typename = 'ShowClosedError';

  constructor() {
    super('This show is no longer on sale.');
  }
}

/** The hold cannot be booked or released any more. */
export class HoldExpiredError extends UserError {
  readonly __typename = 'HoldExpiredError';

  constructor() {
    super('The time for these seats is over: choose seats again.');
  }
}
