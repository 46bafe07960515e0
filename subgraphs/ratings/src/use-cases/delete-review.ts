import type { Reviews } from '../domain/ports.ts';
import { ReviewDeletedError } from '../errors.ts';
import { type OwnReviewDeps, requireOwn } from './lookups.ts';

export interface DeleteReviewDeps extends OwnReviewDeps {
  readonly reviews: Pick<Reviews, 'find' | 'remove'>;
  readonly now: () => Date;
}

/**
 * Deletes a review with its votes and reports.
 *
 * @throws {ReviewDeletedError} when it was deleted before
 * @throws {CodedError} NOT_FOUND, FORBIDDEN
 */
export async function deleteReview(
  deps: DeleteReviewDeps,
  { reviewId, authorId }: { readonly reviewId: string; readonly authorId: string },
): Promise<void> {
  await requireOwn(deps, reviewId, authorId);
  if (!(await deps.reviews.remove(reviewId, authorId, deps.now()))) throw new ReviewDeletedError();
}
