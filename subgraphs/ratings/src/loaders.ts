import { byId, byKey, groupedBy, type LatestPage, perArguments } from '@marquee/subgraph';
import type DataLoader from 'dataloader';

import type { Deps } from './deps.ts';
import type { ReviewPage } from './domain/listing.ts';
import type { ReviewReport } from './domain/moderation.ts';
import type { Rating } from './domain/rating.ts';
import type { Review } from './domain/review.ts';
import type { SubjectType } from './domain/subject.ts';

export interface Loaders {
  readonly reviews: DataLoader<string, Review | null>;
  /** Ratings by the subject's id; null for an id that no subject can have. */
  ratings(type: SubjectType): DataLoader<string, Rating | null>;
  /** A page of published reviews by the subject's id, up to one more than the page's limit. */
  reviewsOf(type: SubjectType, page: ReviewPage): DataLoader<string, readonly Review[]>;
  /** The author's review of each subject, by its id. */
  reviewOf(type: SubjectType, authorId: string): DataLoader<string, Review | null>;
  /** A page of reviews by the author's id, up to one more than the page's limit. */
  reviewsBy(page: LatestPage): DataLoader<string, readonly Review[]>;
  /** The open reports by the review's id. */
  readonly reports: DataLoader<string, readonly ReviewReport[]>;
}

export function loaders({ reviews, ratings, reports }: Pick<Deps, 'reviews' | 'ratings' | 'reports'>): Loaders {
  return {
    reviews: byId((ids) => reviews.findMany(ids)),
    ratings: perArguments((type: SubjectType) =>
      byKey(
        (ids) => ratings.findMany(type, ids),
        ({ subjectId }) => subjectId,
      ),
    ),
    reviewsOf: perArguments((type: SubjectType, page: ReviewPage) =>
      groupedBy(
        (ids) => reviews.ofSubjects(type, ids, page),
        ({ subject }) => subject.id,
      ),
    ),
    reviewOf: perArguments((type: SubjectType, authorId: string) =>
      byKey(
        (ids) => reviews.ofAuthor(authorId, type, ids),
        ({ subject }) => subject.id,
      ),
    ),
    reviewsBy: perArguments((page: LatestPage) =>
      groupedBy(
        (ids) => reviews.ofAuthors(ids, page),
        ({ authorId }) => authorId,
      ),
    ),
    reports: groupedBy(
      (ids) => reports.openOf(ids),
      ({ reviewId }) => reviewId,
    ),
  };
}
