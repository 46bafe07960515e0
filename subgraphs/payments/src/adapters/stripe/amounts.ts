import type { Money } from '@marquee/money';

/** Currencies that Stripe counts in whole units. Source: docs.stripe.com/currencies#zero-decimal. */
const WHOLE = new Set('BIF CLP DJF GNF JPY KMF KRW MGA PYG RWF VND VUV XAF XOF XPF'.split(' '));
/** Currencies that Stripe counts in thousandths, the last digit zero. Source: docs.stripe.com/currencies#three-decimal. */
const THOUSANDTHS = new Set('BHD JOD KWD OMR TND'.split(' '));

function stripeDigits(currency: string): number {
  if (WHOLE.has(currency)) return 0;
  return THOUSANDTHS.has(currency) ? 3 : 2;
}

/** Digits of a minor unit here. */
function ownDigits(currency: string): number {
  return new Intl.NumberFormat('en', { style: 'currency', currency }).resolvedOptions().maximumFractionDigits ?? 2;
}

/** An amount as Stripe counts it; null for one that it cannot take, such as the thousandth of a dinar. */
export function toStripe({ amount, currency }: Money): { readonly amount: number; readonly currency: string } | null {
  const counted = amount * 10 ** (stripeDigits(currency) - ownDigits(currency));
  const isExact = Number.isSafeInteger(counted) && !(THOUSANDTHS.has(currency) && counted % 10 !== 0);
  return isExact ? { amount: counted, currency: currency.toLowerCase() } : null;
}

/** @throws {RangeError} for an amount that is no whole number of minor units here */
export function fromStripe(counted: number, code: string): Money {
  const currency = code.toUpperCase();
  const amount = counted / 10 ** (stripeDigits(currency) - ownDigits(currency));
  if (!Number.isSafeInteger(amount)) throw new RangeError(`${counted} ${code} of Stripe is no whole minor unit`);
  return { amount, currency };
}
