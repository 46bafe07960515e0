import { badInput } from '@marquee/errors';

import type { PricedSeat } from './hold.ts';
import type { Money } from './money.ts';
import type { SeatLayout, SeatPlace } from './seat-layout.ts';
import type { PriceTier, Show } from './show.ts';

/** How many seats one hold may have. */
export const MAX_SEATS = 10;

/** The tier that the seats of a section have. */
export function tierNamed(show: Show, name: string): PriceTier {
  const tier = show.tiers.find((candidate) => candidate.name === name);
  if (!tier) throw new Error(`The show ${show.id} has no price for its tier ${name}`);
  return tier;
}

export function pricedSeat(show: Show, { section, tierName, row, seat }: SeatPlace): PricedSeat {
  const { id: tierId, price } = tierNamed(show, tierName);
  return { id: seat.id, section, row, number: seat.number, tierId, price };
}

/**
 * The seats asked for, with their prices.
 *
 * @throws {CodedError} BAD_USER_INPUT for no or too many seats, one named twice, or one of another show
 */
export function priceSeats(show: Show, layout: SeatLayout, seatIds: readonly string[]): PricedSeat[] {
  const field = 'input.seatIds';
  if (seatIds.length < 1 || seatIds.length > MAX_SEATS) throw badInput(field, `Choose 1 to ${MAX_SEATS} seats.`);
  if (new Set(seatIds).size < seatIds.length) throw badInput(field, 'A seat is named twice.');
  return seatIds.map((seatId) => {
    const place = layout.place(seatId);
    if (!place) throw badInput(field, 'A seat is not one of this show.');
    return pricedSeat(show, place);
  });
}

/** What the seats cost together; all of a show's prices are in one currency. */
export function subtotalOf(seats: readonly PricedSeat[]): Money {
  const [first] = seats;
  if (!first) throw new Error('There is no price of no seats');
  return { amount: seats.reduce((sum, seat) => sum + seat.price.amount, 0), currency: first.price.currency };
}
