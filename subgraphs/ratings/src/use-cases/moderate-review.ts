import { notFound } from '@marquee/errors';

import { requireAnother } from '../access.ts';
import type { Moderation, ModerationDecision } from '../domain/moderation.ts';
import type { ModerationQueue, Reviews } from '../domain/ports.ts';
import { MAX_NOTE_LENGTH, parseText, type Review } from '../domain/review.ts';
import { ReviewChangedError, ReviewDecidedError } from '../errors.ts';

export interface ModerateReviewDeps {
  readonly reviews: Pick<Reviews, 'find'>;
  readonly queue: Pick<ModerationQueue, 'decide'>;
  readonly now: () => Date;
}

export interface ModerateReviewInput extends Pick<Moderation, 'reviewId' | 'moderatorId' | 'version'> {
  readonly decision: ModerationDecision;
  readonly note?: string | null | undefined;
}

/**
 * Decides on a review of the queue. Of several moderators the first decides.
 *
 * @throws {ReviewDecidedError} when the review does not wait for a decision
 * @throws {ReviewChangedError} when its author changed it since it was read
 * @throws {CodedError} NOT_FOUND, BAD_USER_INPUT; FORBIDDEN for one's own
 */
export async function moderateReview(deps: ModerateReviewDeps, input: ModerateReviewInput): Promise<Review> {
  const note = parseText(input.note, 'note', MAX_NOTE_LENGTH);
  const review = await deps.reviews.find(input.reviewId);
  if (!review) throw notFound('review');
  requireAnother(review, input.moderatorId, 'Ask a colleague to decide on a review of your own.');
  const decided = await deps.queue.decide({ ...input, note, at: deps.now() });
  if (decided) return decided;
  const now = await deps.reviews.find(input.reviewId);
  throw now && now.queuedAt !== null ? new ReviewChangedError() : new ReviewDecidedError();
}
