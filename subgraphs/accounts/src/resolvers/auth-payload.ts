import type { User } from '../mappers.ts';
import type { ChallengeIssued } from '../use-cases/complete-sign-in.ts';
import type { Grant } from '../use-cases/open-session.ts';

/** The schema's AuthPayload. Its user has just signed in and may read their own data. */
export function authPayload({ user, ...tokens }: Grant) {
  const justSignedIn: User = { ...user, justSignedIn: true };
  return { __typename: 'AuthPayload' as const, ...tokens, user: justSignedIn };
}

/** The schema's AuthPayload, or its SecondFactorRequired. */
export function signInAnswer(answer: Grant | ChallengeIssued) {
  return 'challengeId' in answer ? { __typename: 'SecondFactorRequired' as const, ...answer } : authPayload(answer);
}
