import { forbidden, unauthenticated } from '@marquee/errors';
import {
  type Caller,
  type EntityReference,
  hasScope,
  lookAt,
  ownerOr,
  policy,
  userIdOf,
  withScopeOver,
} from '@marquee/subgraph';

import type { Review } from './domain/review.ts';

/** Lets moderators see every review, and decide on those of the queue. */
export const MODERATE = 'reviews:moderate';

export const oneself = ownerOr(MODERATE, ({ id }: EntityReference) => id);

/** Everybody reads a published review, its author and moderators any. */
export const reader = policy('everyone once it is published; its author, or scope reviews:moderate', verdict);

/** As {@link reader}, with null for others than the author and moderators, whose look is recorded whatever the status. */
export const noteReader = policy<Review>(
  'everyone once it is published, who get null; its author, or scope reviews:moderate, whose look is recorded',
  (caller, review) =>
    hasScope(caller, MODERATE) && !isAuthor(review, caller) ? lookedAt(review) : verdict(caller, review),
);

/** The part of a review that moderators see and others do not; the look at its author's is recorded. */
export const moderator = withScopeOver(MODERATE, ({ authorId }: Review) => authorId);

function verdict(caller: Caller, review: Review) {
  if (review.status === 'PUBLISHED' || isAuthor(review, caller)) return true;
  if (caller.kind === 'anonymous') return unauthenticated();
  return hasScope(caller, MODERATE) ? lookedAt(review) : forbidden();
}

function lookedAt({ authorId }: Review) {
  return authorId === null || lookAt(authorId, MODERATE);
}

/** A moderator's note to the author is for these two; others get null. */
export function canReadNote(review: Review, caller: Caller): boolean {
  return isAuthor(review, caller) || hasScope(caller, MODERATE);
}

export function canRead(review: Review, caller: Caller): boolean {
  return review.status === 'PUBLISHED' || canReadNote(review, caller);
}

function isAuthor({ authorId }: Review, caller: Caller): boolean {
  return authorId !== null && authorId === userIdOf(caller);
}

/** Nobody votes, reports or decides on a review of their own. @throws {CodedError} FORBIDDEN */
export function requireAnother({ authorId }: Review, userId: string, message: string): void {
  if (authorId === userId) throw forbidden(message);
}
