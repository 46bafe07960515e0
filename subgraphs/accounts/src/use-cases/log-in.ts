import type { Device } from '@marquee/subgraph';
import type { RecordSecurityEvent } from '@marquee/telemetry';

import { type AttemptSettings, loginLimits } from '../domain/attempt-limits.ts';
import { fingerprintOf, fingerprintsOf, networkOfDevice } from '../domain/device.ts';
import { parseEmail } from '@marquee/input';
import type { Passwords } from '../domain/password.ts';
import type { Users } from '../domain/ports.ts';
import { recordedAttempt } from '../domain/recorded-attempt.ts';
import type { Throttle } from '../domain/throttle.ts';
import type { KeyedHash } from '../domain/token.ts';
import { InvalidCredentialsError } from '../errors.ts';
import { type ChallengeIssued, completeSignIn, type CompleteSignInDeps } from './complete-sign-in.ts';
import type { Grant } from './open-session.ts';

export interface LogInDeps extends CompleteSignInDeps {
  readonly users: Users;
  readonly passwords: Passwords;
  readonly throttle: Throttle;
  readonly securityEvent: RecordSecurityEvent;
  readonly attemptSettings: AttemptSettings;
  readonly otherHashes: readonly KeyedHash[];
}

/**
 * Signs in with a password, or issues a challenge for the second factor.
 *
 * The answer, its timing and the attempt limits do not reveal whether the account exists, except on a device that it
 * knows: there they are counted apart.
 *
 * @throws {InvalidCredentialsError}
 * @throws {AccountSuspendedError} to whoever knows the password
 * @throws {CodedError} RATE_LIMITED
 */
export async function logIn(
  deps: LogInDeps,
  { email: typed, password, device }: { email: string; password: string; device: Device },
): Promise<Grant | ChallengeIssued> {
  const email = parseEmail(typed);
  const fingerprint = fingerprintOf(deps.keyedHash, device);
  const fingerprints = fingerprintsOf([deps.keyedHash, ...deps.otherHashes], device);
  const credentials = email === null ? null : await deps.users.credentialsOf(email, fingerprints);
  const attempter = { network: networkOfDevice(device), knownDevice: credentials?.knownDevice ? fingerprint : null };
  const limits = loginLimits(deps.attemptSettings, email, attempter, credentials?.user.id ?? null);
  const guess = async () => {
    const { passwordHash = null } = credentials ?? {};
    const matches = await deps.passwords.matches(password, passwordHash, attempter.network);
    if (credentials === null || !matches) throw new InvalidCredentialsError();
    return credentials;
  };
  const who = { userId: credentials?.user.id, address: attempter.network };
  const attempt = () => deps.throttle.attempt(limits, guess);
  const answer = await completeSignIn(deps, await recordedAttempt(deps.securityEvent, who, attempt), device);
  if (answer === null) throw new InvalidCredentialsError();
  return answer;
}
