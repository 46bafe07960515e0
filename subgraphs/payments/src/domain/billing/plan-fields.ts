import { badInput } from '@marquee/errors';
import { formatMoney, isCurrency, type Money } from '@marquee/money';

/** The highest price of a plan, in minor units of any currency. */
const MAX_PRICE = 100_000_000;
/** Control characters except line breaks, and lone surrogates. */
const UNPRINTABLE = /(?!\n)[\p{Cc}\p{Cs}]/u;
const regions = new Intl.DisplayNames('en', { type: 'region', fallback: 'none' });

/** Checks of a new plan's fields. @throws {CodedError} BAD_USER_INPUT naming the field */
export const planFields = {
  name: (name: string): string => text('input.name', name, 80),
  description: (description: string): string => text('input.description', description, 500),
  trialDays: (days: number | null | undefined): number => count('input.trialDays', days, 365),
  freeCancellations: (number: number | null | undefined): number => count('input.freeCancellations', number, 100),
  bookingFeePercentOff: (percent: number | null | undefined): number =>
    count('input.bookingFeePercentOff', percent, 100),

  price: ({ amount, currency }: Money): Money => {
    if (!isCurrency(currency)) throw badInput('input.price.currency', 'Enter an ISO 4217 currency code.');
    if (amount <= 0) throw badInput('input.price.amount', 'Enter a price above zero.');
    if (amount <= MAX_PRICE) return { amount, currency };
    const most = formatMoney({ amount: MAX_PRICE, currency });
    throw badInput('input.price.amount', `Enter a price of at most ${most}.`);
  },

  country: (code: string): string => {
    if (/^[A-Z]{2}$/.test(code) && regions.of(code) !== undefined) return code;
    throw badInput('input.country', 'Enter an ISO 3166 country code, such as NL.');
  },
};

function text(field: string, value: string, max: number): string {
  const trimmed = value.trim();
  if (trimmed === '') throw badInput(field, 'Enter a value.');
  if (trimmed.length > max) throw badInput(field, `Enter at most ${max} characters.`);
  if (UNPRINTABLE.test(trimmed)) throw badInput(field, 'Remove the characters that cannot be displayed.');
  return trimmed;
}

function count(field: string, value: number | null | undefined, max: number): number {
  const number = value ?? 0;
  if (number >= 0 && number <= max) return number;
  throw badInput(field, `Enter a number from 0 to ${max}.`);
}
