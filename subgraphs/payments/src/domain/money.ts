/** An amount in the currency's minor units with its ISO 4217 code. */
export interface Money {
  readonly amount: number;
  readonly currency: string;
}
