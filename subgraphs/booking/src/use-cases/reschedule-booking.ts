import { CodedError } from '@marquee/errors';
import type { Money } from '@marquee/money';
import type { RunIdempotently } from '@marquee/subgraph';

import { requireOwner } from '../access.ts';
import type { Booking } from '../domain/booking.ts';
import type { Bookings, Reschedules } from '../domain/ports.ts';
import { type Buyer, maxSeatsOf, type SeatLimits } from '../domain/seat-limits.ts';
import { decideReschedule, type DecideRescheduleDeps } from './decide-reschedule.ts';
import { requireBooking, requireShow } from './lookups.ts';
import { type AdmissionCheck, assertAdmitted } from './show-on-sale.ts';

export interface RescheduleBookingDeps extends DecideRescheduleDeps {
  readonly bookings: Pick<Bookings, 'find'>;
  readonly reschedules: Reschedules;
  readonly admissionTokens: AdmissionCheck;
  readonly runIdempotently: RunIdempotently;
  readonly seatLimits: SeatLimits;
  /** How long the seats are kept until the difference is paid. */
  readonly paymentSeconds: number;
  /** How long a customer may keep seats of a show without paying, in an hour. */
  readonly unpaidSeconds: number;
}

export interface RescheduleBookingInput extends Buyer {
  readonly bookingId: string;
  readonly showId: string;
  /** As clients know them. */
  readonly seatIds: readonly string[];
  /** The token from the other show's waiting room. */
  readonly admissionToken?: string | null | undefined;
  readonly idempotencyKey: string;
}

export interface RescheduledBooking {
  readonly booking: Booking;
  /** Above zero, it is to be paid first; below, it is refunded. */
  readonly priceDifference: Money;
}

/** Attempts before giving up, each on the booking and the show as they then are. */
const MAX_ATTEMPTS = 5;

/**
 * Moves a booking to other seats in another show. When these cost more, they are kept until the difference is paid, and
 * the booking moves then.
 *
 * @throws {AccountRestrictedError} when buying is paused for the customer
 * @throws {RescheduleClosedError} when the booking can no longer be moved
 * @throws {SeatUnavailableError} when one of the seats is taken
 * @throws {SeatLimitExceededError} when the customer would have too many seats in the other show
 * @throws {ShowClosedError} when the other show has begun, is cancelled, or is not on sale yet
 * @throws {AdmissionRequiredError} when the other show's waiting room has not admitted the customer
 * @throws {CodedError} NOT_FOUND, FORBIDDEN for another customer's booking, BAD_USER_INPUT for an unrelated show, a seat
 * of another one, or another number of seats
 */
export async function rescheduleBooking(
  deps: RescheduleBookingDeps,
  { bookingId, showId, seatIds, admissionToken: token, idempotencyKey, ...buyer }: RescheduleBookingInput,
): Promise<RescheduledBooking> {
  const body = { bookingId, showId, seatIds };
  const { reschedules, seatLimits, paymentSeconds, unpaidSeconds } = deps;
  return deps.runIdempotently(
    { caller: buyer.customerId, operation: 'rescheduleBooking', key: idempotencyKey, body },
    async (idempotency) => {
      for (let attempt = 1; attempt <= MAX_ATTEMPTS; attempt += 1) {
        const booking = await requireBooking(deps.bookings, bookingId);
        requireOwner('booking', booking, buyer.customerId);
        const show = await requireShow(deps, showId);
        assertAdmitted(deps, show, { ...buyer, token });
        const change = await decideReschedule(deps, { booking, show, seatIds });
        const maxSeats = maxSeatsOf(buyer, show, seatLimits);
        const { emailVerified } = buyer;
        const { maxUnpaidSeats } = seatLimits;
        const limits = { maxSeats, maxUnpaidSeats, paymentSeconds, unpaidSeconds, emailVerified };
        const outcome = await reschedules.reschedule({ ...change, ...limits, show, idempotency });
        if (outcome !== null) return rescheduled(deps, outcome);
      }
      throw new CodedError('IDEMPOTENCY_IN_PROGRESS', 'The booking is being changed. Try again in a moment.');
    },
    (outcome) => rescheduled(deps, outcome),
  );
}

async function rescheduled(
  { bookings, reschedules }: RescheduleBookingDeps,
  outcome: string,
): Promise<RescheduledBooking> {
  const { bookingId, difference } = await reschedules.outcome(outcome);
  const booking = await requireBooking(bookings, bookingId);
  return { booking, priceDifference: { amount: difference, currency: booking.price.currency } };
}
