import { type Caller, hasScope, newId, requireUser } from '@marquee/subgraph';

import { MODERATE, requireAnother } from '../access.ts';
import type { ReportReason } from '../domain/moderation.ts';
import type { Reports, Reviews } from '../domain/ports.ts';
import { requireReadable } from './lookups.ts';

export interface ReportReviewDeps {
  readonly reviews: Pick<Reviews, 'find'>;
  readonly reports: Pick<Reports, 'add'>;
  readonly now: () => Date;
}

/**
 * Reports a review. Several reports take it to the queue, as does a moderator's; until somebody decides it stays as it is.
 *
 * @returns the report's id
 * @throws {CodedError} NOT_FOUND, RATE_LIMITED; FORBIDDEN for one's own
 */
export async function reportReview(
  { reviews, reports, now }: ReportReviewDeps,
  { reviewId, reason, caller }: { reviewId: string; reason: ReportReason; caller: Caller },
): Promise<string> {
  const reporterId = requireUser(caller);
  const review = await requireReadable(reviews, reviewId, caller);
  requireAnother(review, reporterId, 'This is your own review: change or delete it instead.');
  const queues = hasScope(caller, MODERATE);
  return reports.add({ id: newId('rep'), reviewId, reporterId, reason, queues, at: now() });
}
