/** An amount in minor units of a currency, and the currency's ISO 4217 code. */
export interface Money {
  readonly amount: number;
  readonly currency: string;
}

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
  const fees = Math.round((amount * feePercent) / 100);
  const tax = Math.round((fees * taxPercent) / 100);
  return { currency, subtotal: amount, fees, tax, discount: 0, total: amount + fees + tax };
}
