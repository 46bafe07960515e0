import { CodedError } from '@marquee/errors';

import type { EditReview } from '../domain/ports.ts';
import { judgeEdit, parseContent, type Review, type ReviewDoubt } from '../domain/review.ts';
import { type HasProfanity, screen } from '../domain/screening.ts';
import { type OwnReviewDeps, requireOwn } from './lookups.ts';
import { requireOutsider, type RequireOutsiderDeps } from './require-outsider.ts';

export interface UpdateReviewDeps extends OwnReviewDeps, RequireOutsiderDeps {
  readonly editReview: EditReview;
  readonly hasProfanity: HasProfanity;
  readonly now: () => Date;
}

export interface UpdateReviewInput {
  readonly reviewId: string;
  readonly authorId: string;
  readonly stars: number;
  readonly text?: string | null | undefined;
}

/** Attempts before giving up, each on the review as it then is. */
const MAX_ATTEMPTS = 5;

/**
 * Changes a review. Its text is screened again, and no edit leads past a rejection.
 *
 * @throws {ReviewDeletedError}
 * @throws {ConflictOfInterestError}
 * @throws {CodedError} BAD_USER_INPUT, NOT_FOUND, FORBIDDEN, RATE_LIMITED
 */
export async function updateReview(deps: UpdateReviewDeps, input: UpdateReviewInput): Promise<Review> {
  const content = parseContent(input);
  let found: readonly ReviewDoubt[] | undefined;
  for (let attempt = 1; attempt <= MAX_ATTEMPTS; attempt += 1) {
    const read = await requireOwn(deps, input.reviewId, input.authorId);
    if (!found) await requireOutsider(deps, read.subject, input.authorId);
    found ??= screen(content.text, deps.hasProfanity);
    const edited = await deps.editReview(read, { ...content, ...judgeEdit(read, found), at: deps.now() });
    if (edited) return edited;
  }
  throw new CodedError('RATE_LIMITED', 'The review is being changed in another window. Try again in a moment.', {
    retryAfterSeconds: 1,
  });
}
