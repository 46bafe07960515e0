import { newId } from '@marquee/subgraph/ids';

import type { AddReview, Reviews } from '../domain/ports.ts';
import { judge, parseContent, type Review } from '../domain/review.ts';
import { type HasProfanity, screen } from '../domain/screening.ts';
import { parseSubject } from '../domain/subject.ts';
import { ReviewExistsError } from '../errors.ts';
import { requireOutsider, type RequireOutsiderDeps } from './require-outsider.ts';

export interface WriteReviewDeps extends RequireOutsiderDeps {
  readonly reviews: Pick<Reviews, 'findOf'>;
  readonly addReview: AddReview;
  readonly hasProfanity: HasProfanity;
  readonly now: () => Date;
}

export interface WriteReviewInput {
  readonly authorId: string;
  readonly subject: Parameters<typeof parseSubject>[0];
  readonly stars: number;
  readonly text?: string | null | undefined;
}

/**
 * Reviews a title or a venue. The unique author and subject in the database settle races.
 *
 * @throws {ReviewExistsError}
 * @throws {ConflictOfInterestError}
 * @throws {CodedError} BAD_USER_INPUT, RATE_LIMITED; NOT_FOUND for an unknown title or venue
 */
export async function writeReview(deps: WriteReviewDeps, input: WriteReviewInput): Promise<Review> {
  const content = parseContent(input);
  const subject = parseSubject(input.subject);
  const { authorId } = input;
  await requireOutsider(deps, subject, authorId);
  const review = { id: newId('rev'), authorId, subject, ...content, createdAt: deps.now() };
  const added = await deps.addReview(review, (known) => judge([...screen(content.text, deps.hasProfanity), ...known]));
  if (added) return added;
  const existing = await deps.reviews.findOf(authorId, subject);
  if (existing) throw new ReviewExistsError(existing);
  // It was deleted in between.
  return writeReview(deps, input);
}
