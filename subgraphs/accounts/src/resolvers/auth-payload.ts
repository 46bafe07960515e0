import type { User } from '../mappers.ts';
import type { Grant } from '../use-cases/open-session.ts';

/** The schema's AuthPayload. Its user has just signed in and may read their own data. */
export function authPayload({ user, ...tokens }: Grant) {
  const justSignedIn: User = { ...user, justSignedIn: true };
  return { __typename: 'AuthPayload' as const, ...tokens, user: justSignedIn };
}
