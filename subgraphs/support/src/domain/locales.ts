/** The language for whoever asks in one that an article lacks. */
const FALLBACK = 'en';

/** A BCP 47 tag in its usual form, such as `de-CH`; null when it is none. */
export function parseLocale(tag: string): string | null {
  try {
    return new Intl.Locale(tag).baseName;
  } catch {
    return null;
  }
}

/** The locales in which to look for a text, the best first: `de-CH`, `de`, `en`. */
export function localeChain(locale: string): string[] {
  const { language, script, baseName } = new Intl.Locale(locale);
  const written = script ? [`${language}-${script}`] : [];
  return [...new Set([baseName, ...written, language, FALLBACK])];
}

/** Postgres's text search configurations by language. Words of others are taken as they are. */
const CONFIGURATIONS: Readonly<Record<string, string>> = {
  ...{ ar: 'arabic', da: 'danish', de: 'german', el: 'greek', en: 'english', es: 'spanish', fi: 'finnish' },
  ...{ fr: 'french', hi: 'hindi', hu: 'hungarian', it: 'italian', nb: 'norwegian', nl: 'dutch', no: 'norwegian' },
  ...{ pt: 'portuguese', ro: 'romanian', ru: 'russian', sv: 'swedish', ta: 'tamil', tr: 'turkish' },
};

/** The text search configuration of a locale. */
export function searchConfiguration(locale: string): string {
  return CONFIGURATIONS[new Intl.Locale(locale).language] ?? 'simple';
}
