import { useMemo } from 'react';

import { useLocale } from './locale.tsx';

/** An amount in minor units and its ISO 4217 currency. */
export interface MoneyValue {
  readonly amount: number;
  readonly currency: string;
}

const STYLES = {
  day: { weekday: 'short', day: 'numeric', month: 'short' },
  date: { day: 'numeric', month: 'short', year: 'numeric' },
  time: { hour: '2-digit', minute: '2-digit' },
  moment: { weekday: 'short', day: 'numeric', month: 'short', hour: '2-digit', minute: '2-digit' },
  month: { month: 'short' },
  dayOfMonth: { day: 'numeric' },
  exact: { day: 'numeric', month: 'short', year: 'numeric', hour: '2-digit', minute: '2-digit' },
} as const satisfies Readonly<Record<string, Intl.DateTimeFormatOptions>>;

export type TimeStyle = keyof typeof STYLES;

export interface Formats {
  money(value: MoneyValue): string;
  /** A moment by the clocks of a time zone, which is the venue's; without one by the person's own. */
  time(at: string | Date, style: TimeStyle, timeZone?: string): string;
  /** A calendar day, such as `2026-12-04`. */
  day(date: string, style?: 'day' | 'date'): string;
  number(value: number, digits?: number): string;
  percent(value: number): string;
  /** Such as “3 minutes ago”. */
  ago(at: string | Date, now?: Date): string;
  list(items: readonly string[]): string;
  /** A country by its ISO 3166 code, a language by its BCP 47 tag. */
  name(code: string, type: 'region' | 'language'): string;
}

/** Numbers, money and times as they are written in the page's language. */
export function useFormats(): Formats {
  const { tag } = useLocale().locale;
  return useMemo(() => formatsIn(tag), [tag]);
}

const UNITS = [
  ['day', 86_400],
  ['hour', 3_600],
  ['minute', 60],
] as const;

function formatsIn(tag: string): Formats {
  const time: Formats['time'] = (at, style, timeZone) =>
    new Intl.DateTimeFormat(tag, { ...STYLES[style], ...(timeZone && { timeZone }) }).format(new Date(at));
  const relative = new Intl.RelativeTimeFormat(tag, { numeric: 'auto' });
  return {
    money: ({ amount, currency }) => {
      const style = new Intl.NumberFormat(tag, { style: 'currency', currency });
      const digits = style.resolvedOptions().maximumFractionDigits ?? 0;
      // As text, because a division would round large amounts.
      return style.format(`${amount}E-${digits}` as `${number}`);
    },
    time,
    day: (date, style = 'day') => time(`${date}T00:00:00Z`, style, 'UTC'),
    number: (value, digits = 0) =>
      new Intl.NumberFormat(tag, { minimumFractionDigits: digits, maximumFractionDigits: digits }).format(value),
    percent: (value) => new Intl.NumberFormat(tag, { style: 'percent', maximumFractionDigits: 1 }).format(value / 100),
    ago: (at, now = new Date()) => {
      const seconds = (new Date(at).getTime() - now.getTime()) / 1_000;
      const [unit, size] = UNITS.find(([, length]) => Math.abs(seconds) >= length) ?? (['second', 1] as const);
      return relative.format(Math.trunc(seconds / size), unit);
    },
    list: (items) => new Intl.ListFormat(tag, { type: 'conjunction' }).format(items),
    name: (code, type) => new Intl.DisplayNames(tag, { type, fallback: 'code' }).of(code) ?? code,
  };
}
