import { badInput } from '@marquee/errors';

import { parseLocale } from '../domain/locales.ts';

/** The locale of an argument; English by default. @throws {CodedError} BAD_USER_INPUT */
export function localeFor(tag: string | null | undefined): string {
  const locale = parseLocale(tag ?? 'en');
  if (locale === null) throw badInput('locale', 'Enter a language tag such as `de` or `de-CH`.');
  return locale;
}
