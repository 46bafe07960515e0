import type { FactsPage } from '../domain/facts.ts';

/** The longest page. */
const MAX_PAGE = 500;

export function factsPage({ after, first }: { after?: string | null | undefined; first: number }): FactsPage {
  return { after: after ?? null, limit: Math.min(Math.max(1, first), MAX_PAGE) };
}
