import { foldedChunks } from './folding.ts';
import { all, any, prefix, word } from './words.ts';

/** Words of a text that are looked for. */
export const MAX_WORDS = 12;
/** Words of fewer letters are looked for as they are, unless they are the last, which may be unfinished. */
const PREFIX_LENGTH = 3;

/** The words and conditions of a search. */
export interface SearchText {
  /** The words with a space between them, as names are folded; empty when there is no word. */
  readonly folded: string;
  /** Between spaces; each of one word or more. */
  readonly chunks: readonly (readonly string[])[];
}

export function parseSearchText(text: string): SearchText {
  let left = MAX_WORDS;
  const chunks = foldedChunks(text).flatMap((parts) => {
    const kept = parts.slice(0, left);
    left -= kept.length;
    return kept.length > 0 ? [kept] : [];
  });
  return { folded: chunks.flat().join(' '), chunks };
}

/** Words that a misspelt one may stand for, by the misspelt one. */
export type Corrections = ReadonlyMap<string, readonly string[]>;
const NONE: Corrections = new Map();

/** A `tsquery` for each chunk: its words, or these written as one, or what they may be meant for. */
export function termsOf({ chunks }: SearchText, corrections = NONE, weights = ''): string[] {
  const last = chunks.length - 1;
  return chunks.map((parts, index) => {
    const isLast = index === last;
    const as = (part: string): string =>
      isLast || part.length >= PREFIX_LENGTH || weights !== '' ? prefix(part, weights) : word(part);
    const corrected = (part: string): string => any([as(part), ...(corrections.get(part) ?? []).map(word)]);
    const apart = all(parts.map(corrected));
    return parts.length === 1 ? apart : any([apart, as(parts.join(''))]);
  });
}

/** Every word. @param weights such as `AB`: in a field of one of these weights alone */
export function everyWord(text: SearchText, corrections = NONE, weights = ''): string {
  return all(termsOf(text, corrections, weights));
}

/** Every word but one; null for a text of one word. */
export function allButOneWord(text: SearchText, corrections = NONE): string | null {
  const terms = termsOf(text, corrections);
  if (terms.length < 2) return null;
  return any(terms.map((_term, index) => all(terms.filter((_other, at) => at !== index))));
}

/** The words of a text that may be misspelt: not the shortest ones, and no numbers. */
export function correctable({ chunks }: SearchText): string[] {
  return [...new Set(chunks.flatMap((parts) => [...parts, ...(parts.length > 1 ? [parts.join('')] : [])]))].filter(
    (part) => part.length > 2 && !/^\p{N}+$/u.test(part),
  );
}

/** The word with two neighbouring letters exchanged, at each place: what fast fingers write. */
export function transpositions(text: string): string[] {
  const letters = [...text];
  return letters.slice(1).flatMap((letter, index) => {
    if (letter === letters[index]) return [];
    return [[...letters.slice(0, index), letter, letters[index] ?? '', ...letters.slice(index + 2)].join('')];
  });
}
