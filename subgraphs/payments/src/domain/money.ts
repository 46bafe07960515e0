/** An amount in the currency's minor units with its ISO 4217 code. */
export interface Money {
  readonly amount: number;
  readonly currency: string;
}

/** The amount as people read it, such as `1,250.00 EUR`. */
export function formatMoney({ amount, currency }: Money): string {
  const style = new Intl.NumberFormat('en', { style: 'currency', currency, currencyDisplay: 'code' });
  const digits = style.resolvedOptions().maximumFractionDigits ?? 0;
  const number = new Intl.NumberFormat('en', { minimumFractionDigits: digits }).format(amount / 10 ** digits);
  return `${number} ${currency}`;
}
