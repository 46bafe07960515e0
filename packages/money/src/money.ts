import { minorUnits } from './minor-units.ts';

/** An amount in minor units of a currency, and the currency's ISO 4217 code. */
export interface Money {
  readonly amount: number;
  readonly currency: string;
}

/** Money of an amount as the database gives it. @throws {RangeError} beyond 2^53 - 1 minor units */
export function toMoney(amount: bigint | number, currency: string): Money {
  return { amount: minorUnits(amount), currency };
}

const CURRENCIES: ReadonlySet<string> = new Set(Intl.supportedValuesOf('currency'));

/** Whether the code is an upper-case ISO 4217 code. */
export function isCurrency(code: string): boolean {
  return CURRENCIES.has(code);
}

/** The amount as people read it, such as `1,250.00 EUR`. */
export function formatMoney({ amount, currency }: Money): string {
  const style = new Intl.NumberFormat('en', { style: 'currency', currency, currencyDisplay: 'code' });
  const digits = style.resolvedOptions().maximumFractionDigits ?? 0;
  const format = new Intl.NumberFormat('en', { minimumFractionDigits: digits, maximumFractionDigits: digits });
  // As text, because a division would round large amounts.
  const units = `${amount}E-${digits}` as `${number}`;
  return `${format.format(units)} ${currency}`;
}
