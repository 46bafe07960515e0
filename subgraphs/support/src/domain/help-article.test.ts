import { expect, test } from 'vitest';

import { searchWords } from './help-article.ts';
import { localeChain, parseLocale, searchConfiguration } from './locales.ts';

test('a search is for its words, in any case and without what is between them', () => {
  expect(searchWords('  Rück-Zahlung, wan')).toBe('rück zahlung wan');
  expect(searchWords('टिकट रद्द')).toBe('टिकट रद्द');
  expect(searchWords("a' | !b <-> c:*")).toBe('a b c');
  expect(searchWords(' ?! ')).toBeNull();
});

test('a text is looked for in the locale, its language and English', () => {
  expect(localeChain('de-CH')).toEqual(['de-CH', 'de', 'en']);
  expect(localeChain('zh-Hant-TW')).toEqual(['zh-Hant-TW', 'zh-Hant', 'zh', 'en']);
  expect(localeChain('en')).toEqual(['en']);
});

test('a locale is kept in its usual form, and anything else refused', () => {
  expect(['DE-ch', 'hi', 'en_GB', 'x', ''].map(parseLocale)).toEqual(['de-CH', 'hi', null, null, null]);
});

test('words are compared by the rules of their language', () => {
  expect(['hi-IN', 'de', 'is'].map(searchConfiguration)).toEqual(['hindi', 'german', 'simple']);
});
