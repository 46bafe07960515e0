import { badInput } from '@marquee/errors';

/** Lone surrogates, and control characters except tab and line breaks; Postgres rejects some of them. */
const UNPRINTABLE = /(?![\t\n\r])[\p{Cc}\p{Cs}]/u;
/** Accents of Latin, Greek and Cyrillic letters. Marks of other scripts are part of the letter and stay. */
const ACCENTS = /[\u0300-\u036f]+/g;
/** Letters without a Unicode decomposition. */
const PLAIN_LETTERS: Readonly<Record<string, string>> = {
  ø: 'o',
  ł: 'l',
  đ: 'd',
  ð: 'd',
  ı: 'i',
  ß: 'ss',
  æ: 'ae',
  œ: 'oe',
  þ: 'th',
};

/**
 * Displayable text, trimmed.
 *
 * @throws {CodedError} BAD_USER_INPUT when it is blank, longer than `max` characters or unprintable
 */
export function plainText(field: string, text: string, max: number): string {
  const trimmed = text.trim();
  if (trimmed === '') throw badInput(field, 'Enter a value.');
  if (trimmed.length > max) throw badInput(field, `Enter at most ${max} characters.`);
  if (isUnprintable(trimmed)) throw badInput(field, 'Remove the characters that cannot be displayed.');
  return trimmed;
}

/** Like {@link plainText}; null if none is given. */
export function optionalText(field: string, text: string | null | undefined, max: number): string | null {
  return text === null || text === undefined ? null : plainText(field, text, max);
}

/**
 * A list of distinct texts.
 *
 * @throws {CodedError} BAD_USER_INPUT for too many, and like {@link plainText} for each of them
 */
export function plainTexts(
  field: string,
  texts: readonly string[] | null | undefined,
  { max, items }: { max: number; items: number },
): string[] {
  if (texts && texts.length > items) throw badInput(field, `Enter at most ${items}.`);
  return [...new Set((texts ?? []).map((text, index) => plainText(`${field}.${index}`, text, max)))];
}

/** Whether a text contains characters that no stored text has. */
export function isUnprintable(text: string): boolean {
  return UNPRINTABLE.test(text);
}

/** A name as searched and sorted: lower case, without accents and punctuation, single-spaced. */
export function foldName(name: string): string {
  const letters = name
    .normalize('NFKD')
    .replace(ACCENTS, '')
    .toLowerCase()
    .replace(/[øłđðıßæœþ]/g, (letter) => PLAIN_LETTERS[letter] ?? letter);
  const words = letters.replace(/[^\p{L}\p{M}\p{N}]+/gu, ' ').trim();
  return words === '' ? letters.trim() : words;
}

const MAX_SEARCH_LENGTH = 100;

/**
 * A search as names are folded; null when it is blank.
 *
 * @throws {CodedError} BAD_USER_INPUT for a search that is too long or unprintable
 */
export function searchTerm(field: string, search: string | null | undefined): string | null {
  const text = search ?? '';
  if (text.length > MAX_SEARCH_LENGTH) throw badInput(field, `Enter at most ${MAX_SEARCH_LENGTH} characters.`);
  if (isUnprintable(text)) throw badInput(field, 'Remove the characters that cannot be displayed.');
  return foldName(text) || null;
}

/** The index of the first text that repeats an earlier one, ignoring case; -1 if all are distinct. */
export function findDuplicate(texts: readonly string[]): number {
  const keys = texts.map((text) => text.toLowerCase());
  return keys.findIndex((key, index) => keys.indexOf(key) < index);
}
