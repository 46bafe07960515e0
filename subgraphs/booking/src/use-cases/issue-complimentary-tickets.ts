import { badInput } from '@marquee/errors';
import { parseEmail } from '@marquee/input';
import type { RunIdempotently } from '@marquee/subgraph';
import { newCityId } from '@marquee/subgraph/ids';

import { requireStaff, type StaffDeps } from '../access.ts';
import type { Booking } from '../domain/booking.ts';
import type { ComplimentaryTickets, TicketsToGive } from '../domain/complimentary-tickets.ts';
import type { Bookings, Shows } from '../domain/ports.ts';
import { priceSeats } from '../domain/price-seats.ts';
import { layoutSeatId } from '../domain/seat-id.ts';
import { SeatUnavailableError } from '../errors.ts';
import { requireBooking, requireShow } from './lookups.ts';
import { assertNotOver } from './show-on-sale.ts';

export interface IssueComplimentaryTicketsDeps extends StaffDeps {
  readonly shows: Pick<Shows, 'find' | 'layout'>;
  readonly bookings: Pick<Bookings, 'find'>;
  readonly complimentaryTickets: ComplimentaryTickets;
  readonly runIdempotently: RunIdempotently;
  readonly now: () => Date;
}

export interface IssueComplimentaryTicketsInput {
  readonly showId: string;
  /** As clients know them. */
  readonly seatIds: readonly string[];
  readonly toEmail: string;
  readonly reason: string;
  readonly acceptWithinHours?: number | null | undefined;
  readonly idempotencyKey: string;
  /** Who works at the venue. */
  readonly userId: string;
}

/** The most hours that tickets can wait: a year. */
const MAX_HOURS = 8_760;

/**
 * Gives seats of a show away: a booking of the partner for nothing, whose tickets are offered to the recipient by mail and
 * admit nobody before. Those that nobody accepts in time are cancelled.
 *
 * @throws {SeatUnavailableError} when any seat is held or sold
 * @throws {ShowClosedError} when the show has begun or is cancelled
 * @throws {CodedError} BAD_USER_INPUT, NOT_FOUND, or FORBIDDEN for a show at somebody else's venue
 */
export async function issueComplimentaryTickets(
  deps: IssueComplimentaryTicketsDeps,
  { userId, idempotencyKey, ...body }: IssueComplimentaryTicketsInput,
): Promise<Booking> {
  return deps.runIdempotently(
    { caller: userId, operation: 'issueComplimentaryTickets', key: idempotencyKey, body },
    async (idempotency) => {
      const gift = await giftOf(deps, { ...body, userId });
      if (!(await deps.complimentaryTickets.give(gift, idempotency))) {
        throw new SeatUnavailableError(gift.show.id, await deps.complimentaryTickets.taken(gift));
      }
      return requireBooking(deps.bookings, gift.bookingId);
    },
    (bookingId) => requireBooking(deps.bookings, bookingId),
  );
}

async function giftOf(
  deps: IssueComplimentaryTicketsDeps,
  { showId, seatIds, userId, ...of }: Omit<IssueComplimentaryTicketsInput, 'idempotencyKey'>,
): Promise<TicketsToGive> {
  const toEmail = parseEmail(of.toEmail);
  const reason = of.reason.trim();
  if (toEmail === null) throw badInput('input.toEmail', 'Enter a valid email address.');
  if (reason === '') throw badInput('input.reason', 'Enter a reason.');
  const { acceptWithinHours = null } = of;
  if (acceptWithinHours !== null && (acceptWithinHours < 1 || acceptWithinHours > MAX_HOURS)) {
    throw badInput('input.acceptWithinHours', `Enter 1 to ${MAX_HOURS} hours.`);
  }
  const show = await requireShow(deps, showId);
  await requireStaff(deps, show, userId, 'SEATS');
  assertNotOver(show, deps.now());
  const chosen = seatIds.map((id) => layoutSeatId(showId, id));
  const seats = priceSeats(show, await deps.shows.layout(show), chosen);
  return {
    ...{ show, partnerId: userId, toEmail, reason, acceptWithinHours },
    ...{ bookingId: newCityId(show.cityCode, 'bkg'), offerId: newCityId(show.cityCode, 'off') },
    seats: seats.map((seat) => ({ ...seat, price: { ...seat.price, amount: 0 } })),
  };
}
