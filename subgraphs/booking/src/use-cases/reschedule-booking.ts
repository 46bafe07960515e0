import { badInput, CodedError } from '@marquee/errors';
import type { Money } from '@marquee/money';
import type { RunIdempotently } from '@marquee/subgraph';

import { requireOwner } from '../access.ts';
import type { Booking } from '../domain/booking.ts';
import { type CancellationTerms, cancellationTerms, isOnBestTerms } from '../domain/cancellation-policy.ts';
import { assertCouponFits, movedPrice } from '../domain/moved-price.ts';
import type { Bookings, Reschedules, Shows, Tickets } from '../domain/ports.ts';
import { type Pricing, rulesFor } from '../domain/price.ts';
import { priceSeats } from '../domain/price-seats.ts';
import { assertReachable, differenceOf, type Reschedule } from '../domain/reschedule.ts';
import { layoutSeatId } from '../domain/seat-id.ts';
import { type Buyer, maxSeatsOf, type SeatLimits } from '../domain/seat-limits.ts';
import type { Show } from '../domain/show.ts';
import type { Ticket } from '../domain/ticket.ts';
import { RescheduleClosedError } from '../errors.ts';
import { requireBooking, requireShow } from './lookups.ts';
import { type AdmissionCheck, assertAdmitted, assertOnSale } from './show-on-sale.ts';

export interface RescheduleBookingDeps {
  readonly shows: Pick<Shows, 'find' | 'layout'>;
  readonly bookings: Pick<Bookings, 'find'>;
  readonly tickets: Pick<Tickets, 'ofBookings'>;
  readonly reschedules: Reschedules;
  readonly admissionTokens: AdmissionCheck;
  readonly runIdempotently: RunIdempotently;
  readonly now: () => Date;
  readonly pricing: Pricing;
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
        const change = await decide(deps, booking, show, seatIds);
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

async function decide(
  deps: RescheduleBookingDeps,
  booking: Booking,
  show: Show,
  seatIds: readonly string[],
): Promise<Reschedule> {
  const [from, all, layout] = await Promise.all([
    requireShow(deps, booking.showId),
    deps.tickets.ofBookings([booking.id]),
    deps.shows.layout(show),
  ]);
  const terms = requireMovable(booking, from, deps.now());
  const tickets = all.filter(({ status }) => status !== 'CANCELLED');
  for (const ticket of tickets) assertReplaceable(ticket, booking);
  assertReachable(from, show);
  assertOnSale(show, deps.now());
  if (seatIds.length !== tickets.length) throw badInput('input.seatIds', `Choose ${tickets.length} seats.`);
  const chosen = seatIds.map((id) => layoutSeatId(show.id, id));
  const seats = priceSeats(show, layout, chosen);
  const prices = seats.map((seat) => seat.price);
  assertCouponFits(booking, show, prices);
  const { price, coupon } = movedPrice(booking, prices, rulesFor(deps.pricing, show));
  const to = { showId: show.id, venueId: show.venueId, seats, price, ...(coupon && { coupon }) };
  const change = { booking, tickets, to };
  assertRefundable(change, terms);
  return change;
}

/**
 * The terms on which the booking could be cancelled, as long as cancelling would cost nothing more than at first: so nobody
 * moves a booking to better terms.
 */
function requireMovable(booking: Booking, from: Show, now: Date): CancellationTerms {
  if (booking.status !== 'CONFIRMED') {
    throw new RescheduleClosedError('Only a paid booking of which nothing is cancelled can be moved.');
  }
  if (booking.pendingReschedule !== null) {
    throw new RescheduleClosedError(
      'This booking is being moved already. Pay the difference, or wait until that expires.',
    );
  }
  const terms = cancellationTerms(booking, from.startsAt, now);
  if (terms && isOnBestTerms(booking, terms)) return terms;
  throw new RescheduleClosedError('It is too late to move this booking: its cancellation policy allows it no longer.');
}

/** A move to cheaper seats gives back all of the difference: more than a policy that keeps a share of what is cancelled. */
function assertRefundable(change: Reschedule, { refundPercent }: CancellationTerms): void {
  if (differenceOf(change) >= 0 || refundPercent === 100) return;
  throw new RescheduleClosedError(
    'The cancellation policy of this booking keeps a share of its price. Choose seats that cost as much, or more.',
  );
}

function assertReplaceable({ status, holderId }: Ticket, { customerId }: Booking): void {
  if (status === 'CHECKED_IN')
    throw new RescheduleClosedError('A ticket is used already, so the booking cannot be moved.');
  if (holderId !== customerId) {
    throw new RescheduleClosedError('You passed a ticket on, so the booking cannot be moved.');
  }
}

async function rescheduled(
  { bookings, reschedules }: RescheduleBookingDeps,
  outcome: string,
): Promise<RescheduledBooking> {
  const { bookingId, difference } = await reschedules.outcome(outcome);
  const booking = await requireBooking(bookings, bookingId);
  return { booking, priceDifference: { amount: difference, currency: booking.price.currency } };
}
