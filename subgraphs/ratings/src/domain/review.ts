import { badInput } from '@marquee/errors';

import type { Subject } from './subject.ts';

export type ReviewStatus = 'PUBLISHED' | 'PENDING' | 'REJECTED';

/** Why a review waits for a moderator. */
export const REVIEW_DOUBTS = [
  'PROFANITY',
  'LINK',
  'CONTACT_DETAILS',
  'SHOUTING',
  'REPORTED',
  'FOLLOWS_REJECTION',
  'SURGE',
] as const;
export type ReviewDoubt = (typeof REVIEW_DOUBTS)[number];

/** A person's opinion of a title or a venue. */
export interface Review extends ReviewContent {
  readonly id: string;
  readonly subject: Subject;
  /** Null once the account was erased. */
  readonly authorId: string | null;
  readonly status: ReviewStatus;
  readonly doubts: readonly ReviewDoubt[];
  /** Since when it waits for a moderator; null when it does not. */
  readonly queuedAt: Date | null;
  readonly verifiedAttendee: boolean;
  readonly helpfulCount: number;
  /** Grows with each change of its text, stars or status. */
  readonly version: number;
  /** The moderator's note to the author. */
  readonly note: string | null;
  readonly reply: { readonly text: string; readonly at: Date } | null;
  readonly createdAt: Date;
  readonly editedAt: Date | null;
}

/** The parts of a review that its author decides on. */
export interface ReviewContent {
  readonly stars: number;
  readonly text: string | null;
}

export const MAX_TEXT_LENGTH = 4_000;
/** The length of a text as it is screened, in which one character may have become eighteen. */
export const MAX_SCREENED_LENGTH = 8_000;
export const MAX_REPLY_LENGTH = 2_000;
export const MAX_NOTE_LENGTH = 500;
/** Reviews that a person writes in a day, those counted that they deleted. */
export const MAX_REVIEWS_A_DAY = 50;
/** Changes that a person makes in a day to reviews, also to those that they deleted. */
export const MAX_EDITS_A_DAY = 50;
/** Reviews of a subject that are published in an hour, of people who were not there; later ones wait for a moderator. */
export const MAX_UNVERIFIED_AN_HOUR = 30;

/** The content of a client's review, without surrounding space. @throws {CodedError} BAD_USER_INPUT */
export function parseContent(input: { stars: number; text?: string | null | undefined }): ReviewContent {
  if (!Number.isInteger(input.stars) || input.stars < 1 || input.stars > 5) {
    throw badInput('input.stars', 'Give 1 to 5 stars.');
  }
  const text = parseText(input.text, 'input.text', MAX_TEXT_LENGTH);
  if (text !== null && text.normalize('NFKC').length > MAX_SCREENED_LENGTH) {
    throw badInput('input.text', 'Enter a shorter text: some of its characters stand for many letters.');
  }
  return { stars: input.stars, text };
}

const VISIBLE = /[^\s\p{Cf}\p{Cc}]/u;

/** A text without surrounding space; null when nothing is left that is seen. @throws {CodedError} BAD_USER_INPUT when it is too long */
export function parseText(given: string | null | undefined, field: string, maxLength: number): string | null {
  const text = given?.trim() ?? '';
  if (text.length > maxLength) throw badInput(field, `Enter at most ${maxLength} characters.`);
  return VISIBLE.test(text) ? text : null;
}

export type Judged = Pick<Review, 'status' | 'doubts'>;

/** The status of a new review. */
export function judge(doubts: readonly ReviewDoubt[]): Judged {
  return { doubts, status: doubts.length === 0 ? 'PUBLISHED' : 'PENDING' };
}

/** Doubts that no other text dispels. */
const LASTING: readonly ReviewDoubt[] = ['FOLLOWS_REJECTION', 'SURGE'];

/** The status of a review after its author has changed it: no edit leads past a moderator. */
export function judgeEdit({ status, doubts }: Judged, found: readonly ReviewDoubt[]): Judged {
  if (status === 'REJECTED') return judge([...found, 'FOLLOWS_REJECTION']);
  return judge([...found, ...(status === 'PENDING' ? LASTING.filter((doubt) => doubts.includes(doubt)) : [])]);
}
