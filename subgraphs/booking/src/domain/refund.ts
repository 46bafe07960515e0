/**
 * Refunds for cancelled tickets.
 *
 * Each ticket has a share of the price, by the price of its seat. Its refund is the step that the rounded refund of all
 * tickets up to it takes, so that refunds one by one add up to that of all at once, and none exceeds its share.
 */
import { allocate, percentOf, sumOf } from '@marquee/money';

import type { Booking } from './booking.ts';
import { linesOf, type Price } from './price.ts';

/** The parts of an amount, which is `subtotal - discount + fees + tax`. */
export type PriceParts = Pick<Price, 'subtotal' | 'fees' | 'tax' | 'discount'>;

export interface Refund {
  /** In minor units of the booking's currency. */
  readonly amount: number;
  /** The rest of what was paid for the tickets. */
  readonly fee: number;
  readonly parts: PriceParts;
}

type Priced = Pick<Booking, 'seats' | 'price'>;
type Refundable = Priced & Pick<Booking, 'refunded' | 'refundRequested'>;

/**
 * The refund for the tickets of these seats, at most what support has not refunded before.
 *
 * @param percent the share of the price that is refunded, 0 to 100
 */
export function refundOf(booking: Refundable, seatIds: ReadonlySet<string>, percent: number): Refund {
  const { amount, fee, parts } = shareOf(booking, seatIds, percent);
  const left = booking.price.total - Math.max(booking.refunded, booking.refundRequested);
  if (amount <= left) return { amount, fee, parts };
  return { amount: left, fee: fee + amount - left, parts: partsOf(left, parts) };
}

function shareOf(booking: Priced, seatIds: ReadonlySet<string>, percent: number): Refund {
  let before = 0;
  const refunds: Refund[] = [];
  const { seats, price } = booking;
  const lines = linesOf(
    price,
    seats.map((seat) => seat.price.amount),
  );
  for (const [index, { total: share, ...parts }] of lines.entries()) {
    const amount = percentOf(before + share, percent) - percentOf(before, percent);
    before += share;
    if (seatIds.has(seats[index]?.id ?? ''))
      refunds.push({ amount, fee: share - amount, parts: partsOf(amount, parts) });
  }
  return {
    amount: sumOf(refunds.map(({ amount }) => amount)),
    fee: sumOf(refunds.map(({ fee }) => fee)),
    parts: sumOfParts(refunds.map(({ parts }) => parts)),
  };
}

export const amountOf = ({ subtotal, fees, tax, discount }: PriceParts): number => subtotal - discount + fees + tax;

/** Splits a smaller amount as an amount was: none of its parts is larger than that amount's. */
export function partsOf(amount: number, { subtotal, fees, tax, discount }: PriceParts): PriceParts {
  const total = amountOf({ subtotal, fees, tax, discount });
  if (amount === total) return { subtotal, fees, tax, discount };
  const off = Number((BigInt(discount) * BigInt(amount)) / BigInt(total));
  const [seats = 0, ofFees = 0, ofTax = 0] = allocate(amount + off, [subtotal, fees, tax]);
  return { subtotal: seats, fees: ofFees, tax: ofTax, discount: off };
}

export function subtractParts(from: PriceParts, parts: PriceParts): PriceParts {
  return {
    subtotal: from.subtotal - parts.subtotal,
    fees: from.fees - parts.fees,
    tax: from.tax - parts.tax,
    discount: from.discount - parts.discount,
  };
}

function sumOfParts(all: readonly PriceParts[]): PriceParts {
  const sum = (part: keyof PriceParts): number => sumOf(all.map((parts) => parts[part]));
  return { subtotal: sum('subtotal'), fees: sum('fees'), tax: sum('tax'), discount: sum('discount') };
}
