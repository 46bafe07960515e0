/** How popular something is: a sum of weights, each of which halves in a week. */
const HALF_LIFE_MS = 7 * 24 * 60 * 60 * 1_000;

/** A time in half-lives since 1970. */
export function halfLives(at: Date): number {
  return at.getTime() / HALF_LIFE_MS;
}

/** Something that shows interest in a title. */
export interface Interest {
  readonly titleId: string;
  readonly weight: number;
  readonly at: Date;
}

/** The weight of each kind of interest. */
export const WEIGHTS = { TITLE_VIEW: 1, SHOW_VIEW: 2, SEARCH_CLICK: 2, BOOKING: 10 } as const;

/**
 * The popularity that interests give, by title: the base-2 logarithm of their weights, each times 2^(its time in
 * half-lives). So two popularities compare without a clock, in whatever order interests come.
 */
export function popularityOf(interests: readonly Interest[]): Map<string, number> {
  const popularity = new Map<string, number>();
  for (const { titleId, weight, at } of interests) {
    const one = Math.log2(weight) + halfLives(at);
    popularity.set(titleId, joint(popularity.get(titleId) ?? Number.NEGATIVE_INFINITY, one));
  }
  return popularity;
}

/** log2(2^a + 2^b), without the powers. */
export function joint(a: number, b: number): number {
  return Math.max(a, b) + Math.log2(1 + 2 ** -Math.abs(a - b));
}
