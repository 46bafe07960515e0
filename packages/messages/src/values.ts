import type { Locale } from './languages.ts';

/** An amount in minor units of an ISO 4217 currency. */
export interface MoneyValue {
  readonly amount: number;
  readonly currency: string;
}

/** A point in time, written as the clocks of a place show it. */
export interface Moment {
  /** An ISO 8601 instant. */
  readonly at: string;
  /** The place's IANA time zone. */
  readonly timeZone: string;
}

interface ValueTypes {
  text: string;
  /** Somebody's own words, which end as a sentence does. */
  sentence: string;
  count: number;
  /** Written with at most one decimal place. */
  decimal: number;
  money: MoneyValue;
  /** Day and time. */
  moment: Moment;
  day: Moment;
  list: readonly string[];
}

type KindName = keyof ValueTypes;

/** The kind of a value: a name, optional with a question mark, or the codes that it may be. */
export type Kind = KindName | `${KindName}?` | readonly string[];

export type ValueOf<K extends Kind> = K extends `${infer Name extends KindName}?`
  ? ValueTypes[Name] | null
  : K extends KindName
    ? ValueTypes[K]
    : K extends readonly string[]
      ? K[number]
      : never;

type Formatter<K extends KindName> = (value: ValueTypes[K], locale: Locale) => string | number;

const FORMATTERS: { readonly [K in KindName]: Formatter<K> } = {
  text: (value) => value,
  sentence: (value) => (/[.!?।]$/.test(value) ? value : `${value}.`),
  count: (value) => value,
  decimal: (value, { tag }) => numberFormat(tag, { maximumFractionDigits: 1 }).format(value),
  money: moneyText,
  moment: ({ at, timeZone }, locale) => {
    // Hindi's twelve hours would be marked with Latin letters.
    const hours = locale.language === 'hi' ? ({ hourCycle: 'h23' } as const) : {};
    const style = { timeZone, dateStyle: 'full', timeStyle: 'short', ...hours } as const;
    return dateFormat(locale.tag, style).format(new Date(at));
  },
  day: ({ at, timeZone }, { tag }) => dateFormat(tag, { timeZone, dateStyle: 'long' }).format(new Date(at)),
  list: (values, { tag }) => listFormat(tag, { type: 'conjunction' }).format(values),
};

const dateFormat = remembered((tag: string, style: Intl.DateTimeFormatOptions) => new Intl.DateTimeFormat(tag, style));
const numberFormat = remembered((tag: string, style: Intl.NumberFormatOptions) => new Intl.NumberFormat(tag, style));
const listFormat = remembered((tag: string, style: Intl.ListFormatOptions) => new Intl.ListFormat(tag, style));

/** Formats that are kept. People choose their locales, so there are more than are in use. */
const MAX_FORMATS = 500;

/** Keeps formats: to make one takes a hundred times as long as to write with it. */
function remembered<Style, Format>(make: (tag: string, style: Style) => Format) {
  const formats = new Map<string, Format>();
  return (tag: string, style: Style): Format => {
    const key = `${tag} ${JSON.stringify(style)}`;
    const known = formats.get(key);
    if (known !== undefined) return known;
    if (formats.size >= MAX_FORMATS) formats.clear();
    const format = make(tag, style);
    formats.set(key, format);
    return format;
  };
}

/** An amount as people write it, such as `£27.56`. */
export function moneyText({ amount, currency }: MoneyValue, { tag }: Locale): string {
  const format = numberFormat(tag, { style: 'currency', currency });
  const { maximumFractionDigits: digits = 2 } = format.resolvedOptions();
  // As text, because a division would round large amounts.
  return format.format(`${amount}E-${digits}` as `${number}`);
}

/** The names under which a message has a value: of a list also how many, and whether an optional one is there. */
export function argumentNames(name: string, kind: Kind): string[] {
  if (typeof kind !== 'string') return [name];
  const count = kind.startsWith('list') ? [`${name}Count`] : [];
  return [name, ...count, ...(kind.endsWith('?') ? [`${name}Given`] : [])];
}

/** A value under those names: `<name>Given` is `yes` or `no`. */
export function argumentsOf(name: string, kind: Kind, value: unknown, locale: Locale): Record<string, string | number> {
  if (typeof kind !== 'string') return { [name]: String(value) };
  const plain = kind.replace('?', '') as KindName;
  const isGiven = value !== null && value !== undefined;
  return {
    [name]: isGiven ? (FORMATTERS[plain] as Formatter<KindName>)(value as never, locale) : '',
    [`${name}Given`]: isGiven ? 'yes' : 'no',
    ...(isGiven && plain === 'list' && { [`${name}Count`]: (value as readonly string[]).length }),
  };
}
