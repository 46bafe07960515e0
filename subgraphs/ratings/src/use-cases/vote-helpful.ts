import { type Caller, requireUser } from '@marquee/subgraph';

import { requireAnother } from '../access.ts';
import type { HelpfulVotes, Reviews } from '../domain/ports.ts';
import type { Review } from '../domain/review.ts';
import { requireReadable } from './lookups.ts';

export interface VoteHelpfulDeps {
  readonly reviews: Pick<Reviews, 'find'>;
  readonly votes: HelpfulVotes;
}

/**
 * Marks somebody else's review as helpful, or takes that back. A repeat changes nothing.
 *
 * @throws {CodedError} NOT_FOUND; FORBIDDEN for one's own
 */
export async function voteHelpful(
  { reviews, votes }: VoteHelpfulDeps,
  { reviewId, caller, isHelpful }: { reviewId: string; caller: Caller; isHelpful: boolean },
): Promise<Review> {
  const voterId = requireUser(caller);
  const review = await requireReadable(reviews, reviewId, caller);
  requireAnother(review, voterId, 'Others decide whether your review is helpful.');
  await (isHelpful ? votes.add(reviewId, voterId) : votes.remove(reviewId, voterId));
  return requireReadable(reviews, reviewId, caller);
}
