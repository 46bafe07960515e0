import { badInput } from '@marquee/errors';
import { assertFreshSignIn, type Device, type UserCaller } from '@marquee/subgraph';

import { parseEmail } from '@marquee/input';
import { verificationLimits } from '../domain/mail-limits.ts';
import type { CredentialChanges } from '../domain/ports.ts';
import { IncorrectPasswordError } from '../errors.ts';
import { announceChange, type AnnounceChangeDeps } from './announce-change.ts';
import { type ProveIdentityDeps, provePassword } from './prove-identity.ts';

export interface ChangeEmailDeps extends ProveIdentityDeps, AnnounceChangeDeps {
  readonly credentialChanges: Pick<CredentialChanges, 'requestEmail'>;
}

/**
 * Asks for another email address, which ends the other sessions. The address changes when `verifyEmail` gets the code
 * that is sent there. Whether another account has it shows only then, to whoever reads its mail.
 *
 * @returns the new address
 * @throws {IncorrectPasswordError} also when the account has changed meanwhile
 * @throws {CodedError} BAD_USER_INPUT when the address is not valid, or is the account's own
 * @throws {CodedError} FORBIDDEN when the account has a second factor that was not confirmed lately
 * @throws {CodedError} RATE_LIMITED
 */
export async function changeEmail(
  deps: ChangeEmailDeps,
  input: { caller: UserCaller; device: Device; newEmail: string; password: string },
): Promise<string> {
  const { caller, device, password } = input;
  const newEmail = parseEmail(input.newEmail);
  if (newEmail === null) throw badInput('input.newEmail', 'Enter a valid email address.');
  const { user, secondFactor } = await provePassword(deps, { session: caller, device, password });
  if (secondFactor) assertFreshSignIn(caller, deps.now());
  if (newEmail === user.email) throw badInput('input.newEmail', 'This is your address already. Enter another one.');
  const at = deps.now();
  const ended = await deps.throttle.attempt(verificationLimits(user.id, newEmail), () =>
    deps.credentialChanges.requestEmail({ user, keep: caller.sessionId, newEmail, at }),
  );
  if (ended === null) throw new IncorrectPasswordError();
  await announceChange(deps, { by: caller, detail: 'EMAIL_CHANGE_REQUESTED', ended, at });
  return newEmail;
}
