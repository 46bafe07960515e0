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
export const MAX_REPLY_LENGTH = 2_000;
export const MAX_NOTE_LENGTH = 500;

/** The content of a client's review, without surrounding space. @throws {CodedError} BAD_USER_INPUT */
export function parseContent(input: { stars: number; text?: string | null | undefined }): ReviewContent {
  if (!Number.isInteger(input.stars) || input.stars < 1 || input.stars > 5) {
    throw badInput('input.stars', 'Give 1 to 5 stars.');
  }
  return { stars: input.stars, text: parseText(input.text, 'input.text', MAX_TEXT_LENGTH) };
}

/** A text without surrounding space; null when nothing is left. @throws {CodedError} BAD_USER_INPUT when it is too long */
export function parseText(given: string | null | undefined, field: string, maxLength: number): string | null {
  const text = given?.trim() ?? '';
  if (text.length > maxLength) throw badInput(field, `Enter at most ${maxLength} characters.`);
  return text === '' ? null : text;
}

export type Judged = Pick<Review, 'status' | 'doubts'>;

/** The status of a new review. @param followsRejection whether its author deleted one that was not published */
export function judge(found: readonly ReviewDoubt[], followsRejection: boolean): Judged {
  const doubts = [...found, ...(followsRejection ? (['FOLLOWS_REJECTION'] as const) : [])];
  return { doubts, status: doubts.length === 0 ? 'PUBLISHED' : 'PENDING' };
}

/** The status of a review after its author has changed it: no edit leads past a moderator's rejection. */
export function judgeEdit({ status, doubts }: Judged, found: readonly ReviewDoubt[]): Judged {
  return judge(found, status === 'REJECTED' || (status === 'PENDING' && doubts.includes('FOLLOWS_REJECTION')));
}
