import type { LatestPage, ReviewPage } from './listing.ts';
import type { Moderation, ReportReason } from './moderation.ts';
import type { Judged, Review, ReviewContent, ReviewDoubt } from './review.ts';
import type { Subject, SubjectType } from './subject.ts';

/** Reviews. Each change is one statement with what it does to the rating and with its events. */
export interface Reviews {
  find(id: string): Promise<Review | null>;
  findOf(authorId: string, subject: Subject): Promise<Review | null>;
  /** The author's reviews of these subjects, whatever their status. */
  ofAuthor(authorId: string, type: SubjectType, subjectIds: readonly string[]): Promise<Review[]>;
  /** The published reviews of each subject, with up to `limit + 1` of each. */
  ofSubjects(type: SubjectType, ids: readonly string[], page: ReviewPage): Promise<Review[]>;
  /** The reviews of each author, with up to `limit + 1` of each. */
  ofAuthors(ids: readonly string[], page: LatestPage): Promise<Review[]>;
  /** @returns false when there is none by this author */
  remove(id: string, authorId: string, at: Date): Promise<boolean>;
  reply(id: string, reply: { text: string; by: string; at: Date }): Promise<Review | null>;
}

/**
 * Adds a review.
 *
 * @param judgeAfter judges it, told the doubts that its author and its subject give
 * @returns null when the author has reviewed the subject
 * @throws {CodedError} RATE_LIMITED when the author has written many
 */
export type AddReview = (
  review: NewReview,
  judgeAfter: (doubts: readonly ReviewDoubt[]) => Judged,
) => Promise<Review | null>;

export interface NewReview extends ReviewContent, Pick<Review, 'createdAt' | 'id' | 'subject'> {
  readonly authorId: string;
}

/**
 * Changes a review of the author's.
 *
 * @returns null when it is not as it was read any more
 * @throws {CodedError} RATE_LIMITED when the author has changed many
 */
export type EditReview = (
  read: Pick<Review, 'id' | 'version'> & { readonly authorId: string },
  change: ReviewEdit,
) => Promise<Review | null>;

export interface ReviewEdit extends ReviewContent, Pick<Review, 'status' | 'doubts'> {
  readonly at: Date;
}

/** Reviews that their authors deleted. */
export interface DeletedReviews {
  /** Whether the author deleted the review with this id. */
  has(id: string, authorId: string): Promise<boolean>;
}

export interface HelpfulVotes {
  add(reviewId: string, voterId: string): Promise<void>;
  remove(reviewId: string, voterId: string): Promise<void>;
}

export interface Reports {
  /** @returns the id of the person's report, the first one when there are two */
  add(report: NewReport): Promise<string>;
}

export interface NewReport {
  readonly id: string;
  readonly reviewId: string;
  readonly reporterId: string;
  readonly reason: ReportReason;
  /** Whether this report alone takes the review to the queue. */
  readonly queues: boolean;
  readonly at: Date;
}

export interface ModerationQueue {
  /** Up to `limit + 1` reviews, those that wait for longest first; `page.after.createdAt` is when one was queued. */
  list(page: LatestPage): Promise<Review[]>;
  /** @returns null when the review does not wait for a decision, or not in this version */
  decide(moderation: Moderation): Promise<Review | null>;
}

/** The catalog's titles and venues. */
export interface Catalog {
  /** The organisation of a title or venue; null when there is none such. */
  organisationOf(subject: Subject): Promise<string | null>;
}
