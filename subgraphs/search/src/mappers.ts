/** The parents of each GraphQL type's resolvers, under its name. */
export type { Found as LiveEvent, Found as Movie, Found as Venue } from './use-cases/search.ts';

export type { Facet as SearchFacet, FacetValue as SearchFacetValue } from './domain/search.ts';
export type { Suggestion as SearchSuggestion } from './domain/suggestion.ts';
