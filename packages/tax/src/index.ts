export { taxRateOf, taxRates } from './tax-rates.ts';
export type { TaxRate, TaxRates } from './tax-rates.ts';
