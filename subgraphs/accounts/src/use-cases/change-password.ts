import { assertFreshSignIn, type Device, type UserCaller } from '@marquee/subgraph';

import { networkOfDevice } from '../domain/device.ts';
import { assertStrongPassword, type IsGuessable, type Passwords, presentPassword } from '../domain/password.ts';
import type { CredentialChanges } from '../domain/ports.ts';
import { IncorrectPasswordError } from '../errors.ts';
import { announceChange, type AnnounceChangeDeps } from './announce-change.ts';
import { type ProveIdentityDeps, provePassword } from './prove-identity.ts';

export interface ChangePasswordDeps extends ProveIdentityDeps, AnnounceChangeDeps {
  readonly passwords: Passwords;
  readonly isGuessable: IsGuessable;
  readonly credentialChanges: Pick<CredentialChanges, 'changePassword'>;
}

/**
 * Changes the password of somebody who is signed in, which ends their other sessions. Of concurrent changes one succeeds.
 *
 * @returns the ids of the ended sessions
 * @throws {IncorrectPasswordError} also when the password has been changed meanwhile
 * @throws {WeakPasswordError} for the present password too
 * @throws {CodedError} FORBIDDEN when the account has a second factor that was not confirmed lately
 * @throws {CodedError} RATE_LIMITED
 */
export async function changePassword(
  deps: ChangePasswordDeps,
  input: { caller: UserCaller; device: Device; currentPassword: string; newPassword: string },
): Promise<string[]> {
  const { caller, device, newPassword } = input;
  const proof = { session: caller, device, password: input.currentPassword };
  const { user, secondFactor } = await provePassword(deps, proof);
  if (secondFactor) assertFreshSignIn(caller, deps.now());
  if (newPassword === input.currentPassword) throw presentPassword();
  await assertStrongPassword(deps, newPassword, user);
  const passwordHash = await deps.passwords.hash(newPassword, networkOfDevice(device));
  const at = deps.now();
  const ended = await deps.credentialChanges.changePassword({ user, keep: caller.sessionId, passwordHash, at });
  if (ended === null) throw new IncorrectPasswordError();
  await announceChange(deps, { by: caller, detail: 'PASSWORD_CHANGED', ended, at });
  return ended;
}
