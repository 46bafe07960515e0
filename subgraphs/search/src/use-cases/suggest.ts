import type { Documents, Vocabulary } from '../domain/ports.ts';
import { correctable, everyWord, parseSearchText } from '../domain/search-text.ts';
import { answered, type AnsweredDeps } from './answered.ts';
import { type Suggestion, suggestionsFrom } from '../domain/suggestion.ts';

export interface SuggestDeps extends AnsweredDeps {
  readonly documents: Pick<Documents, 'suggesting'>;
  readonly vocabulary: Vocabulary;
  readonly now: () => Date;
}

export interface SuggestInput {
  readonly prefix: string;
  readonly cityCode: string | null;
  readonly limit: number;
}

/** Texts to search for that begin as a prefix does; as one that may be meant when none does. */
export async function suggest(deps: SuggestDeps, { prefix, cityCode, limit }: SuggestInput): Promise<Suggestion[]> {
  const text = parseSearchText(prefix);
  return answered(deps, cityCode, ['suggest', text, cityCode, limit], async (serving) => {
    const at = deps.now();
    const from = async (query: string | null, corrections = new Map() as ReadonlyMap<string, readonly string[]>) =>
      suggestionsFrom(await deps.documents.suggesting(serving, cityCode, query, at), text, corrections, limit);
    if (text.folded === '') return from(null);
    const asWritten = await from(everyWord(text));
    if (asWritten.length > 0) return asWritten;
    const corrections = await deps.vocabulary.similar(correctable(text));
    return corrections.size === 0 ? [] : from(everyWord(text, corrections), corrections);
  });
}
