/**
 * What is given back for cancelled tickets.
 *
 * Each ticket has a share of the price, by the price of its seat. Its refund is the step that the rounded refund of all
 * tickets up to it takes, so that refunds one by one add up to that of all at once, and none exceeds its share.
 */
import { allocate, percentOf, sumOf } from '@marquee/money';

import type { Booking } from './booking.ts';
import type { Price } from './price.ts';

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
  for (const { seatId, parts } of sharesOf(booking)) {
    const share = amountOf(parts);
    const amount = percentOf(before + share, percent) - percentOf(before, percent);
    before += share;
    if (seatIds.has(seatId)) refunds.push({ amount, fee: share - amount, parts: partsOf(amount, parts) });
  }
  return {
    amount: sumOf(refunds.map(({ amount }) => amount)),
    fee: sumOf(refunds.map(({ fee }) => fee)),
    parts: sumOfParts(refunds.map(({ parts }) => parts)),
  };
}

export const amountOf = ({ subtotal, fees, tax, discount }: PriceParts): number => subtotal - discount + fees + tax;

/** Splits a smaller amount as an amount was: none of its parts is larger than that amount's. */
export function partsOf(amount: number, whole: PriceParts): PriceParts {
  const total = amountOf(whole);
  if (amount === total) return whole;
  const [net = 0, fees = 0, tax = 0] = allocate(amount, [whole.subtotal - whole.discount, whole.fees, whole.tax]);
  const discount = Number((BigInt(whole.discount) * BigInt(amount)) / BigInt(total));
  return { subtotal: net + discount, fees, tax, discount };
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

/** The price of each seat's ticket, which add up to the booking's. */
function sharesOf({ seats, price }: Priced): { readonly seatId: string; readonly parts: PriceParts }[] {
  const split = (amount: number): number[] =>
    allocate(
      amount,
      seats.map((seat) => seat.price.amount),
    );
  const [nets, allFees, taxes, discounts] = [
    split(price.subtotal - price.discount),
    split(price.fees),
    split(price.tax),
    split(price.discount),
  ];
  return seats.map(({ id }, index) => {
    const [net = 0, fees = 0, tax = 0, discount = 0] = [nets, allFees, taxes, discounts].map((of) => of[index] ?? 0);
    return { seatId: id, parts: { subtotal: net + discount, fees, tax, discount } };
  });
}
