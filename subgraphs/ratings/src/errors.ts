import { UserError } from '@marquee/errors';

import type { Review } from './domain/review.ts';
import { nameOf, type Subject } from './domain/subject.ts';

/** The person has reviewed the subject already. */
export class ReviewExistsError extends UserError {
  readonly __typename = 'ReviewExistsError';
  readonly review: Review;

  constructor(review: Review) {
    super(`You have reviewed this ${nameOf(review.subject)} before. Change that review instead.`);
    this.review = review;
  }
}

/** The person works for the organisation whose title or venue it is. */
export class ConflictOfInterestError extends UserError {
  readonly __typename = 'ConflictOfInterestError';

  constructor(subject: Subject) {
    super(`This ${nameOf(subject)} belongs to an organisation that you work for, so you cannot review it.`);
  }
}

/** The person deleted the review before. */
export class ReviewDeletedError extends UserError {
  readonly __typename = 'ReviewDeletedError';

  constructor() {
    super('You deleted this review before. You can write a new one.');
  }
}

/** A reply needs a published review of a venue. */
export class ReviewTakesNoReplyError extends UserError {
  readonly __typename = 'ReviewTakesNoReplyError';

  constructor() {
    super('Only published reviews of your venue can be replied to.');
  }
}

/** Nothing is to be decided on the review. */
export class ReviewDecidedError extends UserError {
  readonly __typename = 'ReviewDecidedError';

  constructor() {
    super('This review does not wait for a decision. If it should, report it yourself: that takes it to the queue.');
  }
}

/** The author changed the review after the moderator had read it. */
export class ReviewChangedError extends UserError {
  readonly __typename = 'ReviewChangedError';

  constructor() {
    super('The author has changed this review meanwhile. Read it again.');
  }
}
