import { forbidden, notFound } from '@marquee/errors';
import type { Device } from '@marquee/subgraph';
import type { RecordSecurityEvent } from '@marquee/telemetry';

import { type GuessedFactor, identityLimits } from '../domain/attempt-limits.ts';
import { networkOfDevice } from '../domain/device.ts';
import type { Passwords } from '../domain/password.ts';
import type { Users } from '../domain/ports.ts';
import { recordedAttempt } from '../domain/recorded-attempt.ts';
import type { SessionReference } from '../domain/session.ts';
import type { Throttle } from '../domain/throttle.ts';
import type { Credentials } from '../domain/user.ts';
import { IncorrectPasswordError, InvalidSecondFactorError } from '../errors.ts';
import { useCode, type UseCodeDeps } from './use-code.ts';

export interface ProveIdentityDeps extends UseCodeDeps {
  readonly users: Pick<Users, 'credentialsOfUser'>;
  readonly passwords: Pick<Passwords, 'matches'>;
  readonly throttle: Throttle;
  readonly securityEvent: RecordSecurityEvent;
}

/** A person who is signed in and says again who they are. */
export interface IdentityProof {
  readonly session: SessionReference;
  readonly device: Device;
}

const NO_PASSWORD = 'This account has no password. Set one first: choose “Forgot password”.';

/**
 * Checks the password of somebody who is signed in. Tries are limited by session, so that the thief of one does not use
 * up those of the owner.
 *
 * @throws {IncorrectPasswordError}
 * @throws {CodedError} FORBIDDEN when the account has no password
 * @throws {CodedError} RATE_LIMITED
 */
export async function provePassword(
  deps: ProveIdentityDeps,
  { session, device, password }: IdentityProof & { readonly password: string },
): Promise<Credentials> {
  const { users, passwords } = deps;
  return limited(deps, session, 'PASSWORD', async () => {
    const credentials = await users.credentialsOfUser(session.userId);
    if (credentials === null) throw notFound('user');
    if (credentials.passwordHash === null) throw forbidden(NO_PASSWORD);
    const matches = await passwords.matches(password, credentials.passwordHash, networkOfDevice(device));
    if (!matches) throw new IncorrectPasswordError();
    return credentials;
  });
}

/**
 * Uses up a code of the second factor of somebody who is signed in. Limited by session too, apart from the password.
 *
 * @throws {InvalidSecondFactorError}
 * @throws {CodedError} RATE_LIMITED
 */
export async function proveSecondFactor(
  deps: ProveIdentityDeps,
  { session, code }: { readonly session: SessionReference; readonly code: string },
): Promise<void> {
  await limited(deps, session, 'SECOND_FACTOR', async () => {
    if (!(await useCode(deps, session.userId, code))) throw new InvalidSecondFactorError();
  });
}

function limited<T>(
  deps: ProveIdentityDeps,
  { userId, sessionId }: SessionReference,
  factor: GuessedFactor,
  guess: () => Promise<T>,
): Promise<T> {
  const attempt = () => deps.throttle.attempt(identityLimits(sessionId, { userId, factor }), guess);
  return recordedAttempt(deps.securityEvent, { userId, sessionId }, attempt);
}
