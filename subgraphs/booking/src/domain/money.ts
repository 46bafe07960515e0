/** An amount in minor units of a currency, and the currency's ISO 4217 code. */
export interface Money {
  readonly amount: number;
  readonly currency: string;
}
