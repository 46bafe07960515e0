import type { Price } from './booking.ts';
import type { Money } from './money.ts';

/** Charges on top of the seat prices. */
export interface FeeRates {
  /** Booking fee, in percent of the seats' price. */
  readonly feePercent: number;
  /** Tax on the fee, in percent of the fee; seat prices include tax. */
  readonly taxPercent: number;
}

/** Prices a booking from the subtotal of its seats. Fee and tax are rounded half up to a minor unit. */
export function priceBooking({ amount, currency }: Money, { feePercent, taxPercent }: FeeRates): Price {
  const fees = Math.round((amount * feePercent) / 100);
  const tax = Math.round((fees * taxPercent) / 100);
  return { currency, subtotal: amount, fees, tax, discount: 0, total: amount + fees + tax };
}
