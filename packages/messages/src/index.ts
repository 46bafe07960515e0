export { type Catalogue, defineMessages, type Definition, type Message } from './catalogue.ts';
export { isLocaleTag, type Language, LANGUAGES, type Locale, localeOf, localeOfBrowser } from './languages.ts';
export { type Moment, type MoneyValue } from './values.ts';
