/**
 * Texts of `tsvector` and `tsquery`, made here and not by Postgres, whose parser reads letters by the database's locale.
 * Every word is letters, digits and marks, so nothing that a client writes is an operator.
 */
import { foldedName } from './folding.ts';

/** `A` weighs most. */
export type Weight = 'A' | 'B' | 'C' | 'D';

/** Postgres keeps no later positions. */
const LAST_POSITION = 16_383;
const POSITIONS_OF_A_WORD = 255;

export const kindTerm = (kind: string): string => `kind=${kind.toLowerCase()}`;
export const genreTerm = (genre: string): string => `genre=${foldedName(genre)}`;
export const languageTerm = (language: string): string => `language=${foldedName(language)}`;

/**
 * The text of a `tsvector`. A chunk of several words is in it as one word too, and so are two neighbours in a name:
 * people write `spiderman` and `starwars`.
 *
 * @param terms have no position and no weight; a word never has their `=`
 */
export function vector(
  fields: readonly (readonly [Weight, readonly (readonly string[])[]])[],
  terms: readonly string[],
): string {
  const places = new Map<string, string[]>();
  let position = 0;
  const add = (word: string, at: number, weight: Weight): void => {
    const known = places.get(word) ?? [];
    places.set(word, known);
    if (known.length < POSITIONS_OF_A_WORD) known.push(`${Math.min(at, LAST_POSITION)}${weight === 'D' ? '' : weight}`);
  };
  for (const [weight, chunks] of fields) {
    for (const [index, parts] of chunks.entries()) {
      const start = position + 1;
      for (const part of parts) add(part, (position += 1), weight);
      if (parts.length > 1) add(parts.join(''), start, weight);
      const next = weight === 'A' ? chunks[index + 1] : undefined;
      if (next) add(parts.join('') + next.join(''), start, weight);
    }
  }
  const words = [...places].map(([word, at]) => `'${word}':${at.join(',')}`);
  return [...words, ...terms.map((term) => `'${term}'`)].join(' ');
}

export const word = (text: string): string => `'${text}'`;
/** @param weights such as `AB`: the word in a field of one of these weights; empty for any */
export const prefix = (text: string, weights = ''): string => `'${text}':*${weights}`;
export const all = (queries: readonly string[]): string => queries.map((query) => `(${query})`).join(' & ');
export const any = (queries: readonly string[]): string => queries.map((query) => `(${query})`).join(' | ');
