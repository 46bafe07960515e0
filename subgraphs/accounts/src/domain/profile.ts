/** A city that a person may have as home. */
export interface HomeCity {
  readonly id: string;
  /** IANA. */
  readonly timeZone: string;
}

/** Finds a city; null when there is none with the id. */
export type FindCity = (id: string) => Promise<HomeCity | null>;

/** The changes of a profile: a field left out changes nothing, null removes. */
export interface ProfileChanges {
  readonly displayName?: string;
  readonly locale?: string | null;
  readonly timeZone?: string | null;
  readonly homeCity?: HomeCity | null;
}

export const MAX_NAME_LENGTH = 80;
/** RFC 5646 recommends room for 35 characters; private-use subtags could make a tag any length. */
const MAX_LOCALE_LENGTH = 35;
/** Control characters, unpaired surrogates and bidirectional controls, which let one name imitate another. */
const FORBIDDEN = /[\p{Cc}\p{Cs}\p{Bidi_Control}]/u;
/** A character that leaves a mark. Unicode calls the blank of Braille (U+2800) a symbol, though it shows nothing. */
const VISIBLE = /[^\p{Z}\p{C}\p{M}\p{Default_Ignorable_Code_Point}\u2800]/u;

/** The display name in NFC with single spaces; null when it is empty, too long or has forbidden characters. */
export function parseDisplayName(text: string): string | null {
  const name = text.normalize('NFC').replace(/\s+/gu, ' ').trim();
  const isValid = VISIBLE.test(name) && [...name].length <= MAX_NAME_LENGTH && !FORBIDDEN.test(name);
  return isValid ? name : null;
}

/** The BCP 47 tag in its canonical form; null when it is not valid. */
export function parseLocale(text: string): string | null {
  if (text.length > MAX_LOCALE_LENGTH) return null;
  try {
    return new Intl.Locale(text).toString();
  } catch {
    return null;
  }
}

/** Whether a display name contains the text, whatever the case and accents of either. */
export function nameContains(name: string, text: string): boolean {
  return folded(name).includes(folded(text));
}

function folded(text: string): string {
  return text.normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase();
}

/** The IANA time zone under the name that this runtime gives it; null when it is not one. */
export function parseTimeZone(text: string): string | null {
  if (!/^[A-Za-z]/.test(text)) return null;
  try {
    return new Intl.DateTimeFormat('en', { timeZone: text }).resolvedOptions().timeZone;
  } catch {
    return null;
  }
}
