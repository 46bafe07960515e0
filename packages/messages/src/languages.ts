/** The languages that people are written to in. The first is for everybody whose own is not among them. */
export const LANGUAGES = ['en', 'de', 'hi'] as const;

export type Language = (typeof LANGUAGES)[number];

/** The language of a person's texts, and the tag by which their numbers and times are written. */
export interface Locale {
  readonly language: Language;
  /** A BCP 47 tag of that language with a region, such as `de-CH`. */
  readonly tag: string;
}

const DEFAULT_TAGS: Readonly<Record<Language, string>> = { en: 'en-GB', de: 'de-DE', hi: 'hi-IN' };

/** The locale that is nearest to a BCP 47 tag: `de-CH` is German as the Swiss write numbers, an unknown one is English. */
export function localeOf(tag: string | null | undefined): Locale {
  const { language, region } = parsed(tag);
  const known = LANGUAGES.find((found) => found === language) ?? 'en';
  return { language: known, tag: known === language && region ? `${known}-${region}` : DEFAULT_TAGS[known] };
}

/** Whether a text is a BCP 47 tag, of whatever language. */
export function isLocaleTag(text: string): boolean {
  return parsed(text).language !== undefined;
}

/** The locale that a browser asks for first. @param header `Accept-Language` */
export function localeOfBrowser(header: string | undefined): Locale {
  return localeOf(header?.split(',')[0]?.split(';')[0]?.trim());
}

function parsed(tag: string | null | undefined): { readonly language?: string; readonly region?: string | undefined } {
  try {
    return tag ? new Intl.Locale(tag) : {};
  } catch {
    return {};
  }
}
