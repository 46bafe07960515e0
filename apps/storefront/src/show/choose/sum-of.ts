import type { MoneyValue } from '@marquee/app-kit/text';

/** The sum of amounts in one currency; undefined when one of them is not known. */
export function sumOf(values: readonly (MoneyValue | undefined)[]): MoneyValue | undefined {
  let sum: MoneyValue | undefined;
  for (const value of values) {
    if (!value) return undefined;
    sum = { amount: (sum?.amount ?? 0) + value.amount, currency: value.currency };
  }
  return sum;
}
