import { badInput } from '@marquee/errors';

export type SubjectType = 'TITLE' | 'VENUE';

/** The subject of a review. */
export interface Subject {
  readonly type: SubjectType;
  readonly id: string;
}

/** The subject that a client names. @throws {CodedError} BAD_USER_INPUT unless it is exactly one */
export function parseSubject({ titleId, venueId }: { titleId?: string | null; venueId?: string | null }): Subject {
  if (titleId && !venueId) return { type: 'TITLE', id: titleId };
  if (venueId && !titleId) return { type: 'VENUE', id: venueId };
  throw badInput('input.subject', 'Name a title or a venue.');
}

/** Such as `title`. */
export function nameOf({ type }: Subject): string {
  return type.toLowerCase();
}
