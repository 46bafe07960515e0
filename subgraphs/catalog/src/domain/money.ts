/** An amount in the currency's minor units with its ISO 4217 code. */
export interface Money {
  readonly amount: number;
  readonly currency: string;
}

const CURRENCIES: ReadonlySet<string> = new Set(Intl.supportedValuesOf('currency'));

/** Whether it is an ISO 4217 code, in capitals. */
export function isCurrency(code: string): boolean {
  return CURRENCIES.has(code);
}
