import { answered, type AnsweredDeps } from './answered.ts';
import { highlight } from '../domain/highlight.ts';
import type { Subject } from '../domain/document.ts';
import type { Documents, PageOfRanked, Serving, Vocabulary } from '../domain/ports.ts';
import { type Conditions, type Facet, type FoundPage, type Ranking } from '../domain/search.ts';
import {
  allButOneWord,
  correctable,
  type Corrections,
  everyWord,
  parseSearchText,
  type SearchText,
} from '../domain/search-text.ts';

export interface SearchDeps extends AnsweredDeps {
  readonly documents: Pick<Documents, 'find'>;
  readonly vocabulary: Vocabulary;
}

export interface SearchInput {
  readonly text: string;
  readonly conditions: Conditions;
  readonly page: PageOfRanked;
}

export interface Found extends Subject {
  readonly score: number;
  readonly highlight: string | null;
}

export interface SearchAnswer {
  readonly total: number;
  readonly facets: readonly Facet[];
  /** Up to one more than the page's limit. */
  readonly found: readonly Found[];
  /** The time by which they are ranked; further pages take the same. */
  readonly at: string;
}

/** The names and people that a text is in, best first. */
export async function search(deps: SearchDeps, { text, conditions, page }: SearchInput): Promise<SearchAnswer> {
  const wanted = parseSearchText(text);
  const { limit, after } = page;
  const asked = ['search', wanted, conditions, limit, after && [after, page.at]];
  return answered(deps, conditions.cityCode, asked, async (serving) => {
    const { found, corrections } = await findOrCorrect(deps, serving, wanted, conditions, page);
    return {
      total: found.total,
      facets: found.facets,
      at: page.at.toISOString(),
      found: found.documents.map((document) => ({
        ...{ id: document.id, kind: document.kind, score: document.score },
        highlight: wanted.folded === '' ? null : highlight(document, wanted, corrections),
      })),
    };
  });
}

interface Corrected {
  readonly found: FoundPage;
  readonly corrections: Corrections;
}

/**
 * Finds what has every word. When no name or person has them as they are written, words may be misspelt; when nothing has
 * them all, one may be left out. Each of these finds what the one before finds, too.
 */
async function findOrCorrect(
  { documents, vocabulary }: Pick<SearchDeps, 'documents' | 'vocabulary'>,
  serving: Serving,
  text: SearchText,
  conditions: Conditions,
  page: PageOfRanked,
): Promise<Corrected> {
  const find = (matches: string | null): Promise<FoundPage> =>
    documents.find(serving, conditions, rankingOf(text, matches), page);
  if (text.folded === '') return { found: await find(null), corrections: new Map() };
  const asWritten = await find(everyWord(text));
  if (asWritten.strong > 0) return { found: asWritten, corrections: new Map() };
  const corrections = await vocabulary.similar(correctable(text));
  const corrected = corrections.size === 0 ? asWritten : await find(everyWord(text, corrections));
  if (corrected.total > 0) return { found: corrected, corrections };
  const relaxed = allButOneWord(text, corrections);
  return { found: relaxed === null ? corrected : await find(relaxed), corrections };
}

function rankingOf(text: SearchText, matches: string | null): Ranking {
  return { folded: text.folded, matches, strong: matches === null ? null : everyWord(text, undefined, 'AB') };
}
