import { badInput } from '@marquee/errors';

/** Half characters, and control characters but the tab and line breaks: Postgres refuses some of them outright. */
const UNPRINTABLE = /(?![\t\n\r])[\p{Cc}\p{Cs}]/u;
/** The accents of Latin, Greek and Cyrillic letters; the marks of other scripts are letters of their own. */
const ACCENTS = /[\u0300-\u036f]+/g;
/** Letters that Unicode does not take apart. */
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
 * A text that people may read, without the space around it.
 *
 * @throws {CodedError} BAD_USER_INPUT when it is blank, longer than `max` characters, or holds what cannot be shown
 */
export function plainText(field: string, text: string, max: number): string {
  const trimmed = text.trim();
  if (trimmed === '') throw badInput(field, 'It must not be blank.');
  if (trimmed.length > max) throw badInput(field, `It must not be longer than ${max} characters.`);
  if (isUnprintable(trimmed)) throw badInput(field, 'It holds characters that cannot be shown.');
  return trimmed;
}

/** As {@link plainText}, where nothing may be given: null then. */
export function optionalText(field: string, text: string | null | undefined, max: number): string | null {
  return text === null || text === undefined ? null : plainText(field, text, max);
}

/**
 * A list of texts, each once.
 *
 * @throws {CodedError} BAD_USER_INPUT when there are too many, or as {@link plainText} does for one of them
 */
export function plainTexts(
  field: string,
  texts: readonly string[] | null | undefined,
  { max, items }: { max: number; items: number },
): string[] {
  if (texts && texts.length > items) throw badInput(field, `Give ${items} at most.`);
  return [...new Set((texts ?? []).map((text, index) => plainText(`${field}.${index}`, text, max)))];
}

/** Whether a text holds what no name has: nothing stored is like it. */
export function isUnprintable(text: string): boolean {
  return UNPRINTABLE.test(text);
}

/** A name as searches and sorting see it: no accents, no capitals, no punctuation, single spaces. */
export function foldName(name: string): string {
  const letters = name
    .normalize('NFKD')
    .replace(ACCENTS, '')
    .toLowerCase()
    .replace(/[øłđðıßæœþ]/g, (letter) => PLAIN_LETTERS[letter] ?? letter);
  const words = letters.replace(/[^\p{L}\p{M}\p{N}]+/gu, ' ').trim();
  return words === '' ? letters.trim() : words;
}

/** Where a text comes for the second time, capitals making no difference; -1 when none does. */
export function findRepeated(texts: readonly string[]): number {
  const keys = texts.map((text) => text.toLowerCase());
  return keys.findIndex((key, index) => keys.indexOf(key) < index);
}
