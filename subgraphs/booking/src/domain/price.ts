import { type Money, percentOf, sumOf } from '@marquee/money';

/** Breakdown of a booking's price, in minor units of one currency. */
export interface Price {
  readonly currency: string;
  readonly subtotal: number;
  readonly fees: number;
  readonly tax: number;
  readonly discount: number;
  readonly total: number;
}

/** Charges on top of the seat prices. */
export interface FeeRates {
  /** Booking fee, in percent of the seats' price. */
  readonly feePercent: number;
  /** Tax on the fee, in percent of the fee; seat prices include tax. */
  readonly taxPercent: number;
}

/** Prices a booking from the subtotal of its seats. Fee and tax are rounded half up to a minor unit. */
export function priceBooking({ amount, currency }: Money, { feePercent, taxPercent }: FeeRates): Price {
  const fees = percentOf(amount, feePercent);
  const tax = percentOf(fees, taxPercent);
  return { currency, subtotal: amount, fees, tax, discount: 0, total: sumOf([amount, fees, tax]) };
}
