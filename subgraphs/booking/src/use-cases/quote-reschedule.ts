import type { Money } from '@marquee/money';

import type { Booking } from '../domain/booking.ts';
import { moneyOf, type Price } from '../domain/price.ts';
import { differenceOf } from '../domain/reschedule.ts';
import { decideReschedule, type DecideRescheduleDeps } from './decide-reschedule.ts';
import { requireShow } from './lookups.ts';

/** The price of a booking after a move, and the difference that is to be paid. */
export interface RescheduleQuote extends Record<Exclude<keyof Price, 'currency'>, Money> {
  /** Above zero, it is to be paid first; below, it is refunded. */
  readonly priceDifference: Money;
}

export interface QuoteRescheduleInput {
  readonly booking: Booking;
  readonly showId: string;
  /** As clients know them. */
  readonly seatIds: readonly string[];
}

/**
 * The price of a move before it is made: what moving costs as long as neither the booking nor the other show changes.
 *
 * @throws {RescheduleClosedError} when the booking cannot be moved there
 * @throws {ShowClosedError} when the other show has begun, is cancelled, or is not on sale yet
 * @throws {CodedError} as {@link decideReschedule}, and NOT_FOUND for an unknown show
 */
export async function quoteReschedule(
  deps: DecideRescheduleDeps,
  { booking, showId, seatIds }: QuoteRescheduleInput,
): Promise<RescheduleQuote> {
  const show = await requireShow(deps, showId);
  const { to } = await decideReschedule(deps, { booking, show, seatIds });
  const { currency } = to.price;
  return { ...moneyOf(to.price), priceDifference: { amount: differenceOf({ booking, to }), currency } };
}
