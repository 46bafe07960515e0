import type { Caller, UserCaller } from '@marquee/identity';

import { CodedError, unauthenticated } from '@marquee/errors';

export {
  ANONYMOUS,
  type AnonymousCaller,
  type Caller,
  type Device,
  GATEWAY_SERVICE,
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

/** The signed-in user and their session. @throws {CodedError} UNAUTHENTICATED */
export function requireUserCaller(caller: Caller): UserCaller {
  if (caller.kind !== 'user') throw unauthenticated();
  return caller;
}

/** The signed-in user's id, or null. */
export function userIdOf(caller: Caller): string | null {
  return caller.kind === 'user' ? caller.userId : null;
}

/** Time after a password or second factor in which a session may change credentials and spend large amounts. */
const FRESH_SIGN_IN_MINUTES = 15;

/**
 * Requires that the person gave a password or second factor lately: a stolen access token alone must not be enough.
 *
 * @throws {CodedError} FORBIDDEN with `extensions.reason` REAUTHENTICATION_REQUIRED
 * @throws {CodedError} UNAUTHENTICATED
 */
export function assertFreshSignIn(caller: Caller, now: Date): void {
  if (caller.kind !== 'user') throw unauthenticated();
  if (now.getTime() - caller.authenticatedAt.getTime() <= FRESH_SIGN_IN_MINUTES * 60_000) return;
  throw reauthenticationRequired();
}

/** The person first confirms who they are. */
export function reauthenticationRequired(): CodedError {
  const message = 'Confirm that it is you, with your password or a code of your authenticator app, and try again.';
  return new CodedError('FORBIDDEN', message, { reason: 'REAUTHENTICATION_REQUIRED' });
}
