import { connection, invalidCursor, instantInCursor, pageArguments } from '@marquee/subgraph';

import { rankOf, type ReviewPage, type ReviewSort } from '../domain/listing.ts';
import type { Review } from '../domain/review.ts';

/** The arguments of a list of a subject's reviews. @throws {CodedError} BAD_USER_INPUT */
export function reviewPage(
  args: Parameters<typeof pageArguments>[0] & { sort?: ReviewSort | null | undefined },
): ReviewPage {
  const { limit, after } = pageArguments(args, 3);
  const sort = args.sort ?? 'NEWEST';
  if (after === null) return { sort, limit, after };
  const [rank, createdAt, id] = after;
  if (!isRank(rank) || typeof id !== 'string') throw invalidCursor();
  return { sort, limit, after: { rank, createdAt: instantInCursor(createdAt), id } };
}

/** A Postgres integer: others would fail the statement. */
function isRank(value: unknown): value is number {
  return Number.isInteger(value) && Math.abs(value as number) < 2 ** 31;
}

/** @param found up to `page.limit + 1` reviews */
export function reviewConnection(found: readonly Review[], page: ReviewPage) {
  return connection(found, page, (review) => [rankOf(page.sort, review), review.createdAt.toISOString(), review.id]);
}
