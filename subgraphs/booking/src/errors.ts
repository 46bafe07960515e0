import { UserError } from '@marquee/errors';

import type { CouponRejection, RejectionReason } from './domain/coupon.ts';
import { publicSeatId } from './domain/seat-id.ts';
import { MAX_OFFERS_A_DAY, type TransferRefusal } from './domain/transfer.ts';

/** Some of the requested seats are sold or held by another customer. */
export class SeatUnavailableError extends UserError {
  readonly __typename = 'SeatUnavailableError';
  readonly seatIds: readonly string[];
  /** As the layout has them. */
  readonly layoutSeatIds: readonly string[];

  /** @param seatIds as the layout has them */
  constructor(showId: string, seatIds: readonly string[], message?: string) {
    super(
      message ??
        (seatIds.length === 1
          ? 'This seat is no longer available. Choose another.'
          : 'Some of these seats are no longer available. Choose others.'),
    );
    this.layoutSeatIds = seatIds;
    this.seatIds = seatIds.map((id) => publicSeatId({ showId, id }));
  }
}

/** Free seats are kept for those who wait for them. */
export class SeatsKeptError extends SeatUnavailableError {
  constructor(showId: string, seatIds: readonly string[]) {
    super(
      showId,
      seatIds,
      'Other people are waiting for seats of this show. Join the waitlist, or choose another show.',
    );
  }
}

/** Nobody has to wait: there are seats for the party. */
export class SeatsAvailableError extends UserError {
  readonly __typename = 'SeatsAvailableError';
  readonly available: number;

  constructor(available: number) {
    super('There are enough seats for you. Choose yours now.');
    this.available = available;
  }
}

/** The customer waits for the show already, as another party. */
export class AlreadyWaitingError extends UserError {
  readonly __typename = 'AlreadyWaitingError';

  constructor() {
    super('You are on the waitlist of this show already. Leave it first to wait with another number of people.');
  }
}

/** The seats were bought, or the offer of them is over. */
export class WaitlistEndedError extends UserError {
  readonly __typename = 'WaitlistEndedError';

  constructor() {
    super('You are no longer on this waitlist: you bought your seats, or the offer of them is over.');
  }
}

/** Too few seats are free. */
export class NotEnoughSeatsError extends UserError {
  readonly __typename = 'NotEnoughSeatsError';
  readonly available: number;

  constructor(available: number, kind: 'seat' | 'wheelchair place' = 'seat') {
    super(
      available === 0
        ? `No ${kind}s are left. Join the waitlist, or try another price tier or another show.`
        : `Only ${available} ${available === 1 ? `${kind} is` : `${kind}s are`} left. Choose fewer, another price tier or another show.`,
    );
    this.available = available;
  }
}

/** The show is not on sale. */
export class ShowClosedError extends UserError {
  readonly __typename = 'ShowClosedError';

  constructor(message = 'This show is no longer on sale. Choose another.') {
    super(message);
  }

  static notYet(): ShowClosedError {
    return new ShowClosedError('This show is not on sale yet. Come back when its sales open.');
  }
}

/** The show has a waiting room, and the customer was not admitted, or too long ago. */
export class AdmissionRequiredError extends UserError {
  readonly __typename = 'AdmissionRequiredError';

  constructor() {
    super('This show is in high demand. Enter its waiting room, and choose seats once it is your turn.');
  }
}

/** The coupon cannot be used for the hold. */
export class CouponRejectedError extends UserError {
  readonly __typename = 'CouponRejectedError';
  readonly reason: RejectionReason;

  constructor({ reason, message }: CouponRejection) {
    super(message);
    this.reason = reason;
  }
}

/** The hold has expired, was released, or is booked already. */
export class HoldExpiredError extends UserError {
  readonly __typename = 'HoldExpiredError';

  constructor(isBooked = false) {
    super(
      isBooked
        ? 'You have booked these seats already. Find the booking among yours.'
        : 'Your seats are no longer held. Choose seats again.',
    );
  }
}

/** The booking, or one of its tickets, can no longer be cancelled. */
export class CancellationClosedError extends UserError {
  readonly __typename = 'CancellationClosedError';
}

/** The booking can no longer be moved to another show. */
export class RescheduleClosedError extends UserError {
  readonly __typename = 'RescheduleClosedError';

  /** The customer has kept seats of the other show for as long as a customer may without paying. */
  static unpaidForLong(): RescheduleClosedError {
    return new RescheduleClosedError(
      'You have kept seats of this show for a while without paying. Give others a chance, and try again in an hour.',
    );
  }
}

/** Nothing is to be decided on the booking, or somebody has decided already. */
export class BookingReviewDecidedError extends UserError {
  readonly __typename = 'BookingReviewDecidedError';

  constructor() {
    super('There is nothing to decide on this booking any more. Reload the list.');
  }
}

/** The seats of a booking under review cannot be given to its customer. */
export class TicketsUnavailableError extends UserError {
  readonly __typename = 'TicketsUnavailableError';

  constructor() {
    super(
      'The tickets cannot be given: a seat is taken, the customer has as many seats as allowed, a coupon in the price was given back, or the show has begun or was cancelled. Refund the payment instead.',
    );
  }
}

/** The customer would have more seats than a customer may. */
export class SeatLimitExceededError extends UserError {
  readonly __typename = 'SeatLimitExceededError';
  readonly maximum: number;
  readonly taken: number;

  constructor(maximum: number, taken: number, message: string) {
    super(message);
    this.maximum = maximum;
    this.taken = taken;
  }

  /** Too many in one show. */
  static inShow(maximum: number, taken: number, emailVerified: boolean): SeatLimitExceededError {
    const message = `You can have at most ${seats(maximum)} in this show, and have ${taken}.`;
    const advice = emailVerified ? 'Choose fewer.' : 'Choose fewer, or verify your email address to have more.';
    return new SeatLimitExceededError(maximum, taken, `${message} ${advice}`);
  }

  /** Too many that are waited for. */
  static waiting(maximum: number, taken: number): SeatLimitExceededError {
    const message = `You can wait for at most ${seats(maximum)} at a time, and wait for ${taken}. Leave another waitlist first.`;
    return new SeatLimitExceededError(maximum, taken, message);
  }

  /** Too many that are held or await payment. */
  static unpaid(maximum: number, taken: number): SeatLimitExceededError {
    const message = `You can hold at most ${seats(maximum)} at a time, and hold ${taken}. Pay for some or release them.`;
    return new SeatLimitExceededError(maximum, taken, message);
  }
}

const seats = (count: number): string => (count === 1 ? '1 seat' : `${count} seats`);

/** The customer has kept seats of the show for as long as a customer may without paying. */
export class HoldTimeExceededError extends UserError {
  readonly __typename = 'HoldTimeExceededError';
  readonly availableAt: Date;

  constructor(availableAt: Date) {
    super('You have held seats of this show for a while without buying. Give others a chance, and try again later.');
    this.availableAt = availableAt;
  }
}

/** Somebody was admitted with the ticket. */
export class TicketAlreadyUsedError extends UserError {
  readonly __typename = 'TicketAlreadyUsedError';
  readonly usedAt: Date;

  constructor(usedAt: Date) {
    super('This ticket was used already. Let nobody else in with it.');
    this.usedAt = usedAt;
  }
}

/** The ticket, or this code of it, admits nobody any more. */
export class TicketCancelledError extends UserError {
  readonly __typename = 'TicketCancelledError';

  constructor() {
    super('This ticket is no longer valid: it was cancelled or passed on. Ask for the ticket as the app shows it now.');
  }
}

/** The ticket is for another show. */
export class WrongShowError extends UserError {
  readonly __typename = 'WrongShowError';

  constructor() {
    super('This ticket is for another show. Check the date and the screen on it.');
  }
}

/** The code is not one of ours. */
export class UnknownTicketError extends UserError {
  readonly __typename = 'UnknownTicketError';

  constructor() {
    super('This is not the code of a ticket. Scan it again, or ask for the ticket in the app.');
  }
}

const NOT_TRANSFERABLE_MESSAGES: Readonly<Record<TransferRefusal, string>> = {
  CANCELLED: 'This ticket was cancelled and cannot be passed on.',
  USED: 'This ticket was used and cannot be passed on.',
  SHOW_BEGUN: 'The show has begun: its tickets cannot be passed on any more.',
  NOT_TRANSFERABLE: 'Tickets of this show cannot be passed on. See whether you can cancel yours instead.',
  OFFERED: 'This ticket is offered to somebody already. Take that offer back first.',
  TOO_OFTEN: `This ticket was offered ${MAX_OFFERS_A_DAY} times within a day. Offer it again tomorrow.`,
};

/** The ticket may not pass to another person now. */
export class TicketNotTransferableError extends UserError {
  readonly __typename = 'TicketNotTransferableError';

  constructor(reason: TransferRefusal) {
    super(NOT_TRANSFERABLE_MESSAGES[reason]);
  }
}

/** The offer was accepted, taken back, or is over. */
export class TransferEndedError extends UserError {
  readonly __typename = 'TransferEndedError';

  constructor() {
    super(
      'This offer of a ticket has ended, or the code is not complete. Copy the code from the mail, or ask for a new offer.',
    );
  }
}
