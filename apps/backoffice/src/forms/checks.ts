import type { Write } from '@marquee/app-kit/text';

import { minorUnits, wholeNumber } from './amount.ts';
import type { formTexts } from './texts.ts';

type FormWrite = Write<keyof (typeof formTexts)['en']>;

/** The checks of fields that several forms have. Each gives the problem, or undefined where there is none. */
export function checksIn(t: FormWrite) {
  return {
    text: (value: string, max: number): string | undefined => {
      if (value.trim() === '') return t('required');
      return value.length > max ? t('tooLong', { max }) : undefined;
    },
    amount: (value: string, currency: string): string | undefined =>
      (minorUnits(value, currency) ?? 0) > 0 ? undefined : t('badAmount', { example: '12.50' }),
    optionalAmount: (value: string, currency: string): string | undefined =>
      value.trim() === '' || (minorUnits(value, currency) ?? 0) > 0 ? undefined : t('badAmount', { example: '12.50' }),
    number: (value: string, min: number, max: number): string | undefined =>
      wholeNumber(value, min, max) === undefined ? t('badNumber', { min, max }) : undefined,
    optionalNumber: (value: string, min: number, max: number): string | undefined =>
      value.trim() === '' || wholeNumber(value, min, max) !== undefined ? undefined : t('badNumber', { min, max }),
    end: (start: string, end: string): string | undefined => {
      if (end === '') return t('required');
      return start !== '' && end <= start ? t('badTimes') : undefined;
    },
  };
}

/** An amount of a checked field as the API takes it; null where it was left empty. */
export function moneyOf(text: string, currency: string): { amount: number; currency: string } | null {
  const amount = minorUnits(text, currency);
  return amount === undefined ? null : { amount, currency };
}

/** A number of a checked field; null where it was left empty. */
export const numberOf = (text: string): number | null => (text.trim() === '' ? null : Number(text.trim()));

/** A moment of a `datetime-local` field, in this browser's zone. */
export const momentOf = (local: string): string => new Date(local).toISOString();

/** The text of a `datetime-local` field some hours from now, at the full hour. */
export function localTime(hours: number, now = new Date()): string {
  const at = new Date(now.getTime() + hours * 3_600_000 - now.getTimezoneOffset() * 60_000);
  return `${at.toISOString().slice(0, 13)}:00`;
}

/** Currencies that the marketplace sells in most; others can be typed nowhere. */
export const CURRENCIES = [
  ...['EUR', 'USD', 'GBP', 'INR', 'CHF', 'JPY', 'AUD', 'CAD', 'BRL', 'MXN', 'PLN', 'SEK', 'DKK', 'NOK', 'CZK'],
  ...['HUF', 'TRY', 'ZAR', 'KRW', 'SGD', 'HKD', 'AED', 'ARS', 'NZD', 'THB'],
];
