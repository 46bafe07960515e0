import type { Language } from '@marquee/messages/languages';
import { IntlMessageFormat } from 'intl-messageformat';
import { useCallback } from 'react';

import { useLocale } from './locale.tsx';

type Values = Readonly<Record<string, string | number>>;

/** Texts in ICU message syntax by key; a language that lacks one does not compile. */
export type Texts<Key extends string> = Readonly<Record<Language, Readonly<Record<Key, string>>>>;

/** Defines the texts of a part of an application, beside the components that use them. */
export function defineTexts<const Key extends string>(texts: Texts<Key>): Texts<Key> {
  return texts;
}

/** Writes a text in the page's language. */
export type Write<Key extends string> = (key: Key, values?: Values) => string;

export function useTexts<Key extends string>(texts: Texts<Key>): Write<Key> {
  const { locale } = useLocale();
  return useCallback((key, values) => format(texts[locale.language][key], locale.tag, values), [texts, locale]);
}

const formats = new Map<string, IntlMessageFormat>();

function format(text: string, tag: string, values: Values = {}): string {
  if (!text.includes('{')) return text;
  const key = `${tag}:${text}`;
  let known = formats.get(key);
  if (!known) formats.set(key, (known = new IntlMessageFormat(text, tag, undefined, { ignoreTag: true })));
  return String(known.format(values));
}
