import type { SubjectType } from './subject.ts';

export const STARS = [5, 4, 3, 2, 1] as const;
export type Stars = (typeof STARS)[number];

/** The published reviews of a subject, counted by stars. */
export interface Rating {
  readonly subjectType: SubjectType;
  readonly subjectId: string;
  readonly counts: Readonly<Record<Stars, number>>;
  /** For ranking, from 1 to 5. See {@link PRIOR_WEIGHT}. */
  readonly score: number;
}

/**
 * The weight of the prior in a score, in reviews. A subject with as many reviews of its own is ranked halfway between them
 * and the average of all subjects; without it, one review of five stars would lead every list.
 */
export const PRIOR_WEIGHT = 10;

/** The prior of a catalogue without reviews, in tenths of a star. */
export const FIRST_PRIOR_TENTHS = 35;

export function reviewCount({ counts }: Pick<Rating, 'counts'>): number {
  return STARS.reduce((sum, stars) => sum + counts[stars], 0);
}

/** The average number of stars; null without reviews. */
export function average(rating: Pick<Rating, 'counts'>): number | null {
  const count = reviewCount(rating);
  return count === 0 ? null : STARS.reduce((sum, stars) => sum + stars * rating.counts[stars], 0) / count;
}

/** The number of reviews by stars, the most stars first. */
export function distribution({ counts }: Pick<Rating, 'counts'>): { stars: Stars; count: number }[] {
  return STARS.map((stars) => ({ stars, count: counts[stars] }));
}

/** The rating of an id that no subject can have. */
export function unrated(subjectType: SubjectType, subjectId: string): Rating {
  return { subjectType, subjectId, counts: { 1: 0, 2: 0, 3: 0, 4: 0, 5: 0 }, score: FIRST_PRIOR_TENTHS / 10 };
}
