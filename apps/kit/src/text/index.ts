export { type Formats, type MoneyValue, type TimeStyle, useFormats } from './formats.ts';
export { type Language, LANGUAGE_NAMES, LANGUAGES, type Locale, LocaleProvider, useLocale } from './locale.tsx';
export { defineTexts, type Texts, useTexts, type Write } from './texts.ts';
