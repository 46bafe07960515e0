import type { Device } from '@marquee/subgraph';

import { fingerprintOf, networkOfDevice } from '../domain/device.ts';
import { assertStrongPassword, type IsGuessable, type Passwords, presentPassword } from '../domain/password.ts';
import type { CredentialChanges, MailTokens, SecondFactors, Users } from '../domain/ports.ts';
import { MailTokenExpiredError, SignInRequiredError } from '../errors.ts';
import { announceChange, type AnnounceChangeDeps } from './announce-change.ts';
import { type Grant, openSession, type OpenSessionDeps } from './open-session.ts';

export interface ResetPasswordDeps extends OpenSessionDeps, AnnounceChangeDeps {
  readonly credentialChanges: Pick<CredentialChanges, 'resetPassword'>;
  readonly mailTokens: Pick<MailTokens, 'find'>;
  readonly secondFactors: Pick<SecondFactors, 'deviceOf'>;
  readonly users: Pick<Users, 'credentialsOfUser'>;
  readonly passwords: Passwords;
  readonly isGuessable: IsGuessable;
}

/**
 * Chooses a new password with the code of a mail, which works once. All sessions end. An account without a second factor
 * is signed in to; mail alone never replaces a second factor.
 *
 * @throws {MailTokenExpiredError} when the token is unknown, used or expired
 * @throws {WeakPasswordError} for the present password too; the token still works
 * @throws {SignInRequiredError} when the password is changed, and the account has a second factor
 */
export async function resetPassword(
  deps: ResetPasswordDeps,
  { token, newPassword, device }: { token: string; newPassword: string; device: Device },
): Promise<Grant> {
  const hash = deps.hashToken(token);
  const found = await deps.mailTokens.find(hash, 'RESET_PASSWORD', deps.now());
  if (found === null) throw new MailTokenExpiredError();
  await assertStrongPassword(deps, newPassword, found);
  const network = networkOfDevice(device);
  const present = (await deps.users.credentialsOfUser(found.userId))?.passwordHash;
  if (present && (await deps.passwords.matches(newPassword, present, network))) throw presentPassword();
  const passwordHash = await deps.passwords.hash(newPassword, network);
  const fingerprint = fingerprintOf(deps.keyedHash, device);
  const at = deps.now();
  const reset = await deps.credentialChanges.resetPassword({ hash, passwordHash, fingerprint, at });
  if (reset === null) throw new MailTokenExpiredError();
  const { user, ended } = reset;
  await announceChange(deps, { by: { userId: user.id }, detail: 'PASSWORD_RESET', ended, at });
  const app = await deps.secondFactors.deviceOf(user.id);
  const grant = app?.confirmed ? null : await openSession(deps, user, device);
  if (grant === null) throw new SignInRequiredError();
  return grant;
}
