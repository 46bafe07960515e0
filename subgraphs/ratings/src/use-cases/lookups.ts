import { forbidden, notFound } from '@marquee/errors';
import type { Caller } from '@marquee/subgraph';

import { canRead } from '../access.ts';
import type { DeletedReviews, Reviews } from '../domain/ports.ts';
import type { Review } from '../domain/review.ts';
import { ReviewDeletedError } from '../errors.ts';

/** A review that the caller may read. @throws {CodedError} NOT_FOUND */
export async function requireReadable(reviews: Pick<Reviews, 'find'>, id: string, caller: Caller): Promise<Review> {
  const review = await reviews.find(id);
  if (!review || !canRead(review, caller)) throw notFound('review');
  return review;
}

export type OwnReview = Review & { readonly authorId: string };

export interface OwnReviewDeps {
  readonly reviews: Pick<Reviews, 'find'>;
  readonly deletedReviews: Pick<DeletedReviews, 'has'>;
}

/**
 * A review by its author.
 *
 * @throws {ReviewDeletedError}
 * @throws {CodedError} NOT_FOUND; FORBIDDEN for somebody else's
 */
export async function requireOwn(deps: OwnReviewDeps, id: string, authorId: string): Promise<OwnReview> {
  const review = await deps.reviews.find(id);
  if (review?.authorId === authorId) return { ...review, authorId };
  if (review?.status === 'PUBLISHED') throw forbidden('Somebody else wrote this review.');
  throw (await deps.deletedReviews.has(id, authorId)) ? new ReviewDeletedError() : notFound('review');
}
