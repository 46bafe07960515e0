import { badInput } from '@marquee/errors';

import type { Booking } from '../domain/booking.ts';
import { type CancellationTerms, cancellationTerms, isOnBestTerms } from '../domain/cancellation-policy.ts';
import { assertCouponFits, movedPrice } from '../domain/moved-price.ts';
import type { Shows, Tickets } from '../domain/ports.ts';
import { type Pricing, rulesFor } from '../domain/price.ts';
import { priceSeats } from '../domain/price-seats.ts';
import { assertReachable, differenceOf, type Reschedule } from '../domain/reschedule.ts';
import { layoutSeatId } from '../domain/seat-id.ts';
import type { Show } from '../domain/show.ts';
import type { Ticket } from '../domain/ticket.ts';
import { RescheduleClosedError } from '../errors.ts';
import { requireShow } from './lookups.ts';
import { assertOnSale } from './show-on-sale.ts';

export interface DecideRescheduleDeps {
  readonly shows: Pick<Shows, 'find' | 'layout'>;
  readonly tickets: Pick<Tickets, 'ofBookings'>;
  readonly pricing: Pricing;
  readonly now: () => Date;
}

/** A booking, and where its customer wants to move it. */
export interface RescheduleChoice {
  readonly booking: Booking;
  readonly show: Show;
  /** As clients know them. */
  readonly seatIds: readonly string[];
}

/**
 * The effect of moving a booking to seats of another show, by the booking, its tickets and the show as they are now. Whether
 * the seats are free is decided by the statement that moves it.
 *
 * @throws {RescheduleClosedError} when the booking cannot be moved there
 * @throws {ShowClosedError} when the other show has begun, is cancelled, or is not on sale yet
 * @throws {CodedError} BAD_USER_INPUT for an unrelated show, a seat of another one, or another number of seats
 */
export async function decideReschedule(
  deps: DecideRescheduleDeps,
  { booking, show, seatIds }: RescheduleChoice,
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
