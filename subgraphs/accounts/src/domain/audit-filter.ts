import { isPossibleId } from '@marquee/subgraph/ids';

/** The entries of the audit log that are wanted; null where any will do. */
export interface AuditFilter {
  readonly actorId: string | null;
  readonly subjectType: string | null;
  readonly subjectId: string | null;
  readonly action: string | null;
  readonly from: Date | null;
  readonly to: Date | null;
}

/** The words of actions and types, such as `booking-review.decided`. */
const CODE = /^[\w.-]{1,100}$/;

/** Whether any entry can have these ids and words; texts that Postgres cannot store are never looked up. */
export function isPossible({ actorId, subjectType, subjectId, action }: AuditFilter): boolean {
  const ids = [actorId, subjectId].filter((id) => id !== null);
  const codes = [subjectType, action].filter((word) => word !== null);
  return ids.every(isPossibleId) && codes.every((word) => CODE.test(word));
}

/** The words before each condition's value. */
const WORDS: Readonly<Record<keyof AuditFilter, string>> = {
  actorId: 'by',
  subjectType: 'on things of type',
  subjectId: 'on',
  action: 'of kind',
  from: 'from',
  to: 'before',
};

/** The filter in words, for the entry that says that somebody read the log. */
export function describeFilter(filter: AuditFilter): string {
  const parts = Object.entries(WORDS).flatMap(([name, words]) => {
    const value = filter[name as keyof AuditFilter];
    return value === null ? [] : [`${words} ${value instanceof Date ? value.toISOString() : value}`];
  });
  return parts.length === 0 ? 'all entries' : parts.join(', ');
}
