/** The parents of each GraphQL type's resolvers, under its name. */
export type { Subject as LiveEvent, Subject as Movie, Subject as Venue } from './domain/document.ts';

export type { Facet as SearchFacet, FacetValue as SearchFacetValue } from './domain/search.ts';
export type { Suggestion as SearchSuggestion } from './domain/suggestion.ts';
