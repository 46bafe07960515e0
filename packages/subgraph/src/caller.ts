import type { Caller } from '@marquee/identity';

import { unauthenticated } from '@marquee/errors';

export {
  ANONYMOUS,
  type AnonymousCaller,
  type Caller,
  type Device,
  type ServiceCaller,
  type UserCaller,
} from '@marquee/identity';

/** Whether the caller's token has the scope. */
export function hasScope(caller: Caller, scope: string): boolean {
  return caller.kind === 'user' && caller.scopes.includes(scope);
}

/** The signed-in user's id. @throws {CodedError} UNAUTHENTICATED */
export function requireUser(caller: Caller): string {
  const userId = userIdOf(caller);
  if (userId === null) throw unauthenticated();
  return userId;
}

/** The signed-in user's id, or null. */
export function userIdOf(caller: Caller): string | null {
  return caller.kind === 'user' ? caller.userId : null;
}
