import { allocate, type Money, percentOf, sumOf } from '@marquee/money';
import { type TaxRate, taxRateOf, type TaxRates } from '@marquee/tax';

import { type Discount, discountOf } from './discount.ts';
import type { Show } from './show.ts';

/** Breakdown of a booking's price, in minor units of one currency. */
export interface Price {
  readonly currency: string;
  readonly subtotal: number;
  readonly fees: number;
  readonly tax: number;
  readonly discount: number;
  readonly total: number;
}

/** The parts of a price as money. */
export function moneyOf({ currency, ...parts }: Price): Record<Exclude<keyof Price, 'currency'>, Money> {
  const money = (amount: number): Money => ({ amount, currency });
  return {
    subtotal: money(parts.subtotal),
    fees: money(parts.fees),
    tax: money(parts.tax),
    discount: money(parts.discount),
    total: money(parts.total),
  };
}

/** Charges on top of seat prices. */
export interface Pricing {
  /** Booking fee, in percent of a seat's price. */
  readonly feePercent: number;
  readonly taxRates: TaxRates;
}

/** The fee and the tax of one show. */
export interface PriceRules {
  readonly feePercent: number;
  readonly tax: TaxRate;
}

export function rulesFor({ feePercent, taxRates }: Pricing, show: Pick<Show, 'cityCode' | 'country'>): PriceRules {
  return { feePercent, tax: taxRateOf(taxRates, show) };
}

/**
 * Prices a booking of seats, at least one.
 *
 * Fee and tax are rounded half up for each seat, so that the prices of single seats add up to that of all. A discount is
 * spread over the seats before tax.
 */
export function priceBooking(
  prices: readonly Money[],
  { feePercent, tax }: PriceRules,
  discounts: readonly Discount[] = [],
): Price {
  const seats = prices.map(({ amount }) => amount);
  const fees = seats.map((amount) => percentOf(amount, feePercent));
  const offSeats = discountOf(discounts, 'SEATS', sumOf(seats));
  const offFees = discountOf(discounts, 'FEES', sumOf(fees));
  const taxes = [
    ...less(seats, offSeats).map((amount) => percentOf(amount, tax.onSeats)),
    ...less(fees, offFees).map((amount) => percentOf(amount, tax.onFees)),
  ];
  const parts = { subtotal: sumOf(seats), fees: sumOf(fees), tax: sumOf(taxes), discount: sumOf([offSeats, offFees]) };
  return { currency: currencyOf(prices), ...parts, total: totalOf(parts) };
}

/** The most that can come off the seats: a booking costs a minor unit at least, because its payment confirms it. */
export function mostOffSeats(prices: readonly Money[], rules: PriceRules, others: readonly Discount[]): number {
  const amount = sumOf(prices.map((price) => price.amount));
  const whole: Discount = { reason: 'COUPON', of: 'SEATS', by: { amount } };
  return priceBooking(prices, rules, [...others, whole]).total > 0 ? amount : Math.max(0, amount - 1);
}

/** The price of one seat as a customer pays it, with fee and tax. */
export function allInPrice(price: Money, rules: PriceRules): Money {
  const { total: amount, currency } = priceBooking([price], rules);
  return { amount, currency };
}

/** The lowest all-in price of a show. */
export function lowestAllInPrice({ tiers }: Pick<Show, 'tiers'>, rules: PriceRules): Money | null {
  const [lowest = null] = tiers.map(({ price }) => allInPrice(price, rules)).toSorted((a, b) => a.amount - b.amount);
  return lowest;
}

/**
 * The parts of a price that are each seat's: they add up to it, so refunds of one seat after the other add up too.
 *
 * @param seats the price of each seat, in minor units
 */
export function linesOf({ currency, fees, tax, discount }: Price, seats: readonly number[]): Price[] {
  const [feesOf, taxOf] = [allocate(fees, seats), allocate(tax, seats)];
  const full = seats.map((amount, index) => sumOf([amount, feesOf[index] ?? 0, taxOf[index] ?? 0]));
  // By the full price, so that no seat's discount is larger.
  const discountsOf = allocate(discount, full);
  return seats.map((subtotal, index) => {
    const parts = { fees: feesOf[index] ?? 0, tax: taxOf[index] ?? 0, discount: discountsOf[index] ?? 0 };
    return { currency, subtotal, ...parts, total: totalOf({ subtotal, ...parts }) };
  });
}

function totalOf({ subtotal, fees, tax, discount }: Omit<Price, 'currency' | 'total'>): number {
  return sumOf([subtotal, fees, tax, -discount]);
}

function less(amounts: readonly number[], discount: number): number[] {
  const parts = allocate(discount, amounts);
  return amounts.map((amount, index) => amount - (parts[index] ?? 0));
}

function currencyOf([first]: readonly Money[]): string {
  if (!first) throw new Error('Cannot price an empty list of seats');
  return first.currency;
}
