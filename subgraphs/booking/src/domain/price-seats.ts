import { badInput } from '@marquee/errors';
import { type Money, sumOf } from '@marquee/money';

import type { PricedSeat } from './hold.ts';
import { seatOfAnotherShow } from './seat-id.ts';
import type { SeatLayout, SeatPlace } from './seat-layout.ts';
import type { PriceTier, Show } from './show.ts';

/** The most seats one hold may have. */
export const MAX_SEATS_PER_HOLD = 10;

/** The show's price tier with this name. */
export function tierNamed(show: Show, name: string): PriceTier {
  const tier = show.tiers.find((candidate) => candidate.name === name);
  if (!tier) throw new Error(`The show ${show.id} has no price tier ${name}`);
  return tier;
}

/**
 * Prices the requested seats.
 *
 * @throws {CodedError} BAD_USER_INPUT for none or too many seats, a duplicate, or a seat of another show
 */
export function priceSeats(show: Show, layout: SeatLayout, seatIds: readonly string[]): PricedSeat[] {
  const field = 'input.seatIds';
  if (seatIds.length < 1 || seatIds.length > MAX_SEATS_PER_HOLD)
    throw badInput(field, `Choose 1 to ${MAX_SEATS_PER_HOLD} seats.`);
  if (new Set(seatIds).size < seatIds.length) throw badInput(field, 'Choose each seat only once.');
  return seatIds.map((seatId) => {
    const place = layout.place(seatId);
    if (!place) throw seatOfAnotherShow();
    return pricedSeat(show, place);
  });
}

function pricedSeat(show: Show, { section, tierName, row, seat }: SeatPlace): PricedSeat {
  const { id: tierId, price } = tierNamed(show, tierName);
  return { id: seat.id, section, row, number: seat.number, tierId, price };
}

/** Total price of the seats; all prices of a show are in one currency. */
export function subtotalOf(seats: readonly PricedSeat[]): Money {
  const [first] = seats;
  if (!first) throw new Error('Cannot price an empty list of seats');
  return { amount: sumOf(seats.map(({ price }) => price.amount)), currency: first.price.currency };
}
