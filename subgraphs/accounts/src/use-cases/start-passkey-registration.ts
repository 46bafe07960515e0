import { forbidden, notFound } from '@marquee/errors';
import { assertFreshSignIn, type UserCaller } from '@marquee/subgraph';

import { MAX_PASSKEYS } from '../domain/passkey.ts';
import type { Users } from '../domain/ports.ts';
import { type OpenedChallenge, openPasskeyChallenge, type PasskeyChallengeDeps } from './open-passkey-challenge.ts';

export interface StartPasskeyRegistrationDeps extends PasskeyChallengeDeps {
  readonly users: Pick<Users, 'findMany'>;
}

/**
 * Starts adding a passkey. Authenticators that have one of the account already are left out.
 *
 * @throws {CodedError} FORBIDDEN when the sign-in is not fresh, or there are too many
 */
export async function startPasskeyRegistration(
  deps: StartPasskeyRegistrationDeps,
  caller: UserCaller,
): Promise<OpenedChallenge> {
  assertFreshSignIn(caller, deps.now());
  const { userId } = caller;
  const [[user], existing] = await Promise.all([deps.users.findMany([userId]), deps.passkeys.byUsers([userId])]);
  if (user === undefined) throw notFound('user');
  if (existing.length >= MAX_PASSKEYS) throw forbidden(`Remove a passkey first: you have ${MAX_PASSKEYS}.`);
  return openPasskeyChallenge(deps, await deps.ceremonies.registration(user, existing), userId);
}
