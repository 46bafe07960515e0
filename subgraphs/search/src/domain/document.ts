import { foldedChunks, foldedName } from './folding.ts';
import { genreTerm, kindTerm, languageTerm, vector, type Weight } from './words.ts';

export type TitleKind = 'MOVIE' | 'LIVE_EVENT';
export type DocumentKind = TitleKind | 'VENUE';

/** A title or a venue that catalog describes. */
export interface Subject {
  readonly id: string;
  readonly kind: DocumentKind;
}

/** A title or a venue as it is found. */
export interface Document extends Subject {
  /** Grows with each change: one with an older version is overtaken. */
  readonly version: number;
  readonly name: string;
  readonly people: readonly string[];
  readonly genres: readonly string[];
  readonly languages: readonly string[];
  readonly description: string;
  /** Where a venue is; null for a title. */
  readonly place: Place | null;
}

export interface Place {
  readonly cityCode: string;
  readonly cityName: string;
  readonly address: string;
  readonly latitude: number;
  readonly longitude: number;
}

/** Words of a description that are searched. */
const DESCRIBED_WORDS = 300;

/** A document with what the index has of it. */
export interface IndexedDocument extends Document {
  readonly foldedName: string;
  /** The text of a `tsvector`. */
  readonly words: string;
  /** The same without the description and what filters look for. */
  readonly names: string;
  /** The words with which misspelt ones are corrected. */
  readonly vocabulary: readonly string[];
}

/** The index's view of a document: the name weighs most, then people, then genres and the place, then the description. */
export function indexed(document: Document): IndexedDocument {
  const { name, people, genres, description, place } = document;
  const placed = place === null ? [] : [place.cityName, place.address];
  const fields: [Weight, string[][]][] = [
    ['A', foldedChunks(name)],
    ...people.map((person): [Weight, string[][]] => ['B', foldedChunks(person)]),
    ...[...genres, ...placed].map((text): [Weight, string[][]] => ['C', foldedChunks(text)]),
  ];
  const described = [['D', foldedChunks(description).slice(0, DESCRIBED_WORDS)]] as const;
  const known = fields.flatMap(([, chunks]) => chunks.flatMap(spelled));
  return {
    ...document,
    foldedName: foldedName(name),
    words: vector([...fields, ...described], filterTerms(document)),
    names: vector(fields, []),
    vocabulary: [...new Set(known)],
  };
}

/** The words of a chunk, and the chunk as people write it who leave out what parts them. */
function spelled(parts: readonly string[]): string[] {
  return parts.length > 1 ? [...parts, parts.join('')] : [...parts];
}

/** The terms that filters look for. A venue has none but its kind. */
function filterTerms({ kind, genres, languages }: Document): string[] {
  return [kindTerm(kind), ...genres.map(genreTerm), ...languages.map(languageTerm)];
}
