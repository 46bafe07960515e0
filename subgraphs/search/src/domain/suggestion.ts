import { foldedChunks, foldedName } from './folding.ts';
import type { DocumentKind, Subject } from './document.ts';
import type { Corrections, SearchText } from './search-text.ts';

export type SuggestionKind = DocumentKind | 'PERSON' | 'GENRE';

export interface Suggestion {
  readonly text: string;
  readonly kind: SuggestionKind;
  /** The one thing that has this name. */
  readonly subject: Subject | null;
}

/** A document from which texts are suggested. */
export interface Suggesting extends Subject {
  readonly name: string;
  readonly people: readonly string[];
  readonly genres: readonly string[];
}

interface Ranked extends Suggestion {
  readonly begins: boolean;
  subject: Subject | null;
  weight: number;
}

/**
 * Names, people and genres in which every word of the text begins a word: first those that begin with the text, then those
 * of more popular documents. A text that several documents have counts for each.
 *
 * @param documents the most popular first
 */
export function suggestionsFrom(
  documents: readonly Suggesting[],
  text: SearchText,
  corrections: Corrections,
  limit: number,
): Suggestion[] {
  const found = new Map<string, Ranked>();
  for (const [rank, document] of documents.entries()) {
    for (const each of text.folded === '' ? textsOf(document).slice(0, 1) : textsOf(document)) {
      const folded = foldedName(each.text);
      if (!matches(each.text, text, corrections)) continue;
      const former = found.get(`${each.kind} ${folded}`);
      const known = former ?? { ...each, begins: folded.startsWith(text.folded), weight: 0 };
      if (former) known.subject = null;
      known.weight += 1 / (rank + 10);
      found.set(`${each.kind} ${folded}`, known);
    }
  }
  return [...found.values()]
    .toSorted((a, b) => Number(b.begins) - Number(a.begins) || b.weight - a.weight)
    .slice(0, limit)
    .map(({ text: shown, kind, subject }) => ({ text: shown, kind, subject }));
}

function textsOf({ id, kind, name, people, genres }: Suggesting): Suggestion[] {
  return [
    { text: name, kind, subject: { id, kind } },
    ...people.map((person) => ({ text: person, kind: 'PERSON' as const, subject: null })),
    ...genres.map((genre) => ({ text: genre, kind: 'GENRE' as const, subject: null })),
  ];
}

function matches(candidate: string, { chunks }: SearchText, corrections: Corrections): boolean {
  const words = foldedChunks(candidate).flatMap((parts) => [...parts, parts.join('')]);
  const begins = (part: string): boolean =>
    words.some((word) => word.startsWith(part) || corrections.get(part)?.includes(word) === true);
  return chunks.every((parts) => parts.every(begins) || begins(parts.join('')));
}
