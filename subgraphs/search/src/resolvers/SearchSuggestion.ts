import type { SearchSuggestionResolvers } from '../generated/resolvers.ts';
import { searchResult } from './search-result.ts';

export const SearchSuggestion: SearchSuggestionResolvers = {
  // An answer that a former build kept has none.
  node: ({ subject }) => (subject ? searchResult(subject) : null),
};
