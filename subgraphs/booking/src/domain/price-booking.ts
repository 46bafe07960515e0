import type { Price } from './booking.ts';
import type { Money } from './money.ts';

/** What the marketplace takes on top of the seats. */
export interface FeeRates {
  /** The booking fee, in percent of the seats' price. */
  readonly feePercent: number;
  /** The tax on the fee, in percent of it; seat prices include their tax. */
  readonly taxPercent: number;
}

/** The whole price of seats that cost `subtotal`; each part is rounded half up to a minor unit. */
export function priceBooking({ amount, currency }: Money, { feePercent, taxPercent }: FeeRates): Price {
  const fees = Math.round((amount * feePercent) / 100);
  const tax = Math.round((fees * taxPercent) / 100);
  return { currency, subtotal: amount, fees, tax, discount: 0, total: amount + fees + tax };
}
