import { badInput, notFound } from '@marquee/errors';
import { assertMayDo, type Caller, type FindOrganisationRoles, requireUser } from '@marquee/subgraph';

import type { Catalog, Reviews } from '../domain/ports.ts';
import { MAX_REPLY_LENGTH, parseText, type Review } from '../domain/review.ts';
import type { Subject } from '../domain/subject.ts';
import { ReviewTakesNoReplyError } from '../errors.ts';
import { requireReadable } from './lookups.ts';

export interface ReplyToReviewDeps {
  readonly reviews: Pick<Reviews, 'find' | 'reply'>;
  readonly catalog: Pick<Catalog, 'organisationOf'>;
  readonly findOrganisationRoles: FindOrganisationRoles;
  readonly now: () => Date;
}

/**
 * Replies to a review in the name of its venue.
 *
 * @throws {ReviewTakesNoReplyError} for a review of a title, or one that is not published
 * @throws {CodedError} BAD_USER_INPUT, NOT_FOUND; FORBIDDEN for others than owners and managers of its organisation
 */
export async function replyToReview(
  deps: ReplyToReviewDeps,
  input: { readonly reviewId: string; readonly text: string; readonly caller: Caller },
): Promise<Review> {
  const by = requireUser(input.caller);
  const text = parseText(input.text, 'text', MAX_REPLY_LENGTH);
  if (text === null) throw badInput('text', 'Enter a reply.');
  const { subject } = await requireReadable(deps.reviews, input.reviewId, input.caller);
  if (subject.type !== 'VENUE') throw new ReviewTakesNoReplyError();
  await requireSpeaker(deps, subject, by);
  const replied = await deps.reviews.reply(input.reviewId, { text, by, at: deps.now() });
  if (!replied) throw new ReviewTakesNoReplyError();
  return replied;
}

async function requireSpeaker(
  { catalog, findOrganisationRoles }: Omit<ReplyToReviewDeps, 'reviews' | 'now'>,
  venue: Subject,
  userId: string,
): Promise<void> {
  const [organisationId, roles] = await Promise.all([catalog.organisationOf(venue), findOrganisationRoles(userId)]);
  if (organisationId === null) throw notFound('venue');
  assertMayDo('REVIEWS', organisationId, roles);
}
