import type { Money } from '@marquee/money';

import type { PayWith } from './payment-instrument.ts';

/** Units of a currency to a euro, to the order of magnitude, where it is far from one. It guards, it does not convert. */
const UNITS_PER_EURO: Readonly<Record<string, number>> = {
  ARS: 1_500,
  CLP: 1_000,
  COP: 4_500,
  CZK: 25,
  HUF: 400,
  IDR: 18_000,
  INR: 95,
  ISK: 145,
  JPY: 160,
  KRW: 1_600,
  MXN: 20,
  NGN: 1_700,
  PHP: 65,
  SEK: 11,
  THB: 38,
  TRY: 45,
  TWD: 35,
  VND: 28_000,
  ZAR: 20,
};

/**
 * Whether a payment needs a fresh sign-in: from about an amount of euros, out of what the account holds, its wallet or a
 * saved card. A card token comes from whoever has the card.
 *
 * @param fromCents in euro cents
 */
export function needsFreshSignIn({ amount, currency }: Money, { cardToken }: PayWith, fromCents: number): boolean {
  if (typeof cardToken === 'string') return false;
  const { maximumFractionDigits: digits = 2 } = new Intl.NumberFormat('en', {
    style: 'currency',
    currency,
  }).resolvedOptions();
  return (amount / 10 ** digits / (UNITS_PER_EURO[currency] ?? 1)) * 100 >= fromCents;
}
