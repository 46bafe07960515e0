import { badInput, CodedError } from '@marquee/errors';
import type { RunIdempotently } from '@marquee/subgraph';

import { requireAnother } from '../access.ts';
import type { Booking } from '../domain/booking.ts';
import { possibleOutcomes, type ReviewDecision } from '../domain/booking-review.ts';
import type { BookingReviews, Bookings } from '../domain/ports.ts';
import { BookingReviewDecidedError } from '../errors.ts';
import { requireBooking } from './lookups.ts';

export interface DecideBookingReviewDeps {
  readonly bookings: Pick<Bookings, 'find'>;
  readonly bookingReviews: Pick<BookingReviews, 'decide'>;
  readonly runIdempotently: RunIdempotently;
}

export interface DecideBookingReviewInput extends ReviewDecision {
  readonly bookingId: string;
  readonly idempotencyKey: string;
}

/** Attempts before giving up, each on the booking as it then is. */
const MAX_ATTEMPTS = 5;

/**
 * Decides on the refunds of a booking that were refused: gives its tickets, refunds to the wallet, or leaves it as it is.
 *
 * @throws {BookingReviewDecidedError} when there is nothing to decide, or somebody has decided already
 * @throws {TicketsUnavailableError} when the seats are not free
 * @throws {CodedError} NOT_FOUND, FORBIDDEN for a booking of their own, BAD_USER_INPUT, and for the idempotency key
 */
export async function decideBookingReview(
  deps: DecideBookingReviewDeps,
  { bookingId, outcome, decidedBy, idempotencyKey: key, ...input }: DecideBookingReviewInput,
): Promise<Booking> {
  const reason = input.reason.trim();
  if (reason === '') throw badInput('input.reason', 'Enter why you decide so.');
  return deps.runIdempotently(
    { caller: decidedBy, operation: 'decideBookingReview', key, body: { bookingId, outcome, reason } },
    async (idempotency) => {
      for (let attempt = 1; attempt <= MAX_ATTEMPTS; attempt += 1) {
        const booking = await requireBooking(deps.bookings, bookingId);
        const decision = { outcome, reason, decidedBy };
        assertDecidable(booking, decision);
        if (await deps.bookingReviews.decide(booking, decision, idempotency))
          return requireBooking(deps.bookings, bookingId);
      }
      throw new CodedError('IDEMPOTENCY_IN_PROGRESS', 'The booking is being changed. Try again in a moment.');
    },
    (id) => requireBooking(deps.bookings, id),
  );
}

function assertDecidable(booking: Booking, { outcome, decidedBy }: ReviewDecision): void {
  requireAnother(booking, decidedBy);
  if (booking.review === null) throw new BookingReviewDecidedError();
  if (!possibleOutcomes(booking).includes(outcome))
    throw badInput('input.outcome', 'No single payment of its whole price is left for tickets. Refund it instead.');
}
