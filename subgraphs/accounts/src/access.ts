import { unauthenticated } from '@marquee/errors';
import type { Caller, UserCaller } from '@marquee/subgraph';
import type { Session, User } from './mappers.ts';

/** The scope to read other people's accounts. */
export const READ_USERS = 'users:read';

/** The person an account belongs to. */
export function ownerOfUser({ id }: User): string {
  return id;
}

/** Whether this request proved by password, code or refresh token that the caller owns the account. */
export function provedOwnership({ justSignedIn }: User): boolean {
  return justSignedIn === true;
}

/** Whether the caller's access token belongs to the session. */
export function isCurrentSession({ id }: Session, caller: Caller): boolean {
  return caller.kind === 'user' && caller.sessionId === id;
}

/** The signed-in caller. @throws UNAUTHENTICATED for any other */
export function requireUser(caller: Caller): UserCaller {
  if (caller.kind !== 'user') throw unauthenticated();
  return caller;
}
