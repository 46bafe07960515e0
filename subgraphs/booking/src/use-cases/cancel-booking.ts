import { CodedError } from '@marquee/errors';
import type { Money } from '@marquee/money';
import type { RunIdempotently } from '@marquee/subgraph';

import { requireOwner } from '../access.ts';
import type { Booking } from '../domain/booking.ts';
import type { RefundTarget } from '../domain/cancellation.ts';
import type { Bookings, Cancellations } from '../domain/ports.ts';
import { decideCancellation, type DecideCancellationDeps } from './decide-cancellation.ts';
import { requireBooking } from './lookups.ts';

export interface CancelBookingDeps extends DecideCancellationDeps {
  readonly bookings: Pick<Bookings, 'find'>;
  readonly cancellations: Cancellations;
  readonly runIdempotently: RunIdempotently;
  readonly now: () => Date;
}

export interface CancelBookingInput {
  readonly customerId: string;
  readonly bookingId: string;
  /** The tickets to cancel; all of them when null. */
  readonly ticketIds?: readonly string[] | null | undefined;
  readonly refundTo: RefundTarget;
  readonly idempotencyKey: string;
}

export interface CancelledBooking {
  readonly booking: Booking;
  readonly refund: Money;
}

/** Attempts before giving up, each on the booking as it then is. */
const MAX_ATTEMPTS = 5;

/**
 * Cancels a booking, or some of its tickets, by the policy that it was made under.
 *
 * @throws {CancellationClosedError} when the policy allows it no longer, or a ticket is used, cancelled or passed on
 * @throws {CodedError} NOT_FOUND, FORBIDDEN for another customer's booking, BAD_USER_INPUT for tickets of another booking
 */
export async function cancelBooking(deps: CancelBookingDeps, input: CancelBookingInput): Promise<CancelledBooking> {
  const { customerId, bookingId, ticketIds = null, refundTo, idempotencyKey } = input;
  const at = deps.now();
  return deps.runIdempotently(
    {
      ...{ caller: customerId, operation: 'cancelBooking', key: idempotencyKey },
      body: { bookingId, ticketIds, refundTo },
    },
    async (idempotency) => {
      for (let attempt = 1; attempt <= MAX_ATTEMPTS; attempt += 1) {
        const booking = await requireBooking(deps.bookings, bookingId);
        requireOwner('booking', booking, customerId);
        const decided = await decideCancellation(deps, { booking, ticketIds, field: 'input.ticketIds', at });
        const cancellation = { ...decided, refundTo, by: 'CUSTOMER' as const, reason: null };
        const outcome = await deps.cancellations.cancel(cancellation, idempotency);
        if (outcome !== null) return cancelled(deps, outcome);
      }
      throw new CodedError('IDEMPOTENCY_IN_PROGRESS', 'The booking is being changed. Try again in a moment.');
    },
    (outcome) => cancelled(deps, outcome),
  );
}

async function cancelled({ bookings, cancellations }: CancelBookingDeps, outcome: string): Promise<CancelledBooking> {
  const { bookingId, refund } = await cancellations.outcome(outcome);
  const booking = await requireBooking(bookings, bookingId);
  return { booking, refund: { amount: refund, currency: booking.price.currency } };
}
