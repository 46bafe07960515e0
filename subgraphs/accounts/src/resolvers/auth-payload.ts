import type { UserParent } from '../context.ts';
import type { Grant } from '../domain/open-session.ts';

/** A grant as the schema's type. Its user has just proved who they are, and so may see what is theirs. */
export function authPayloadOf({ user, ...tokens }: Grant): Omit<Grant, 'user'> & {
  __typename: 'AuthPayload';
  user: UserParent;
} {
  return { __typename: 'AuthPayload', ...tokens, user: { ...user, justSignedIn: true } };
}
