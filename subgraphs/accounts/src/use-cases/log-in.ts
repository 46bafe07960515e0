import type { Device } from '@marquee/subgraph';

import { loginLimits } from '../domain/attempt-limits.ts';
import { networkOfDevice } from '../domain/device.ts';
import { parseEmail } from '../domain/email-address.ts';
import type { Passwords } from '../domain/password.ts';
import type { SecondFactors, Users } from '../domain/ports.ts';
import type { Throttle } from '../domain/throttle.ts';
import { newToken } from '../domain/token.ts';
import type { User } from '../domain/user.ts';
import { InvalidCredentialsError } from '../errors.ts';
import { type Grant, openSession, type OpenSessionDeps } from './open-session.ts';

const CHALLENGE_MS = 5 * 60_000;

export interface LogInDeps extends OpenSessionDeps {
  readonly users: Users;
  readonly passwords: Passwords;
  readonly secondFactors: SecondFactors;
  readonly throttle: Throttle;
}

/**
 * Signs in with a password, or issues a challenge for the second factor.
 *
 * The answer, its timing and the attempt limit do not reveal whether the account exists.
 *
 * @throws {InvalidCredentialsError}
 * @throws {CodedError} RATE_LIMITED
 */
export async function logIn(
  deps: LogInDeps,
  { email: typed, password, device }: { email: string; password: string; device: Device },
): Promise<Grant | { challengeId: string }> {
  const email = parseEmail(typed);
  const limits = loginLimits(email, device.address);
  await deps.throttle.attempt(limits);
  const credentials = email === null ? null : await deps.users.credentialsOf(email);
  const matches = await deps.passwords.matches(password, credentials?.passwordHash ?? null, networkOfDevice(device));
  if (credentials === null || !matches) throw new InvalidCredentialsError();
  await deps.throttle.succeeded(limits);
  const { user, secondFactor } = credentials;
  return secondFactor ? issueChallenge(deps, user) : openSession(deps, user, device);
}

async function issueChallenge(
  { secondFactors, now, random, hashToken }: LogInDeps,
  user: User,
): Promise<{ challengeId: string }> {
  const challengeId = newToken('challenge', random);
  const expiresAt = new Date(now().getTime() + CHALLENGE_MS);
  await secondFactors.openChallenge({ hash: hashToken(challengeId), userId: user.id, expiresAt });
  return { challengeId };
}
