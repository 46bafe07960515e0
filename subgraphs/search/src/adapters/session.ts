/**
 * Postgres settings of the sessions of search. Which index is best depends on the words, so each statement is planned
 * anew, for pages that are in memory. A misspelt word shares fewer trigrams than Postgres asks for.
 */
export const SESSION = [
  'plan_cache_mode=force_custom_plan',
  'random_page_cost=1.1',
  'jit=off',
  'pg_trgm.word_similarity_threshold=0.4',
];
