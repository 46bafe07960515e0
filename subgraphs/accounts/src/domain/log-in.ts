import { InvalidCredentialsError } from '../errors.ts';
import { isEmail, normalisedEmail } from './email-address.ts';
import { hashOf, opaqueToken } from './opaque-token.ts';
import { type Grant, openSession, type OpenSessionDeps } from './open-session.ts';
import type { Passwords } from './password.ts';
import type { SecondFactors } from './second-factor.ts';
import type { Device } from './session.ts';
import { loginLimits, type Throttle } from './throttle.ts';
import type { User, Users } from './user.ts';

const CHALLENGE_MS = 5 * 60_000;

export interface LogInDeps extends OpenSessionDeps {
  readonly users: Users;
  readonly passwords: Passwords;
  readonly secondFactors: SecondFactors;
  readonly throttle: Throttle;
}

/** The password was right and the account asks for more. */
export interface ChallengeIssued {
  readonly challengeId: string;
}

/**
 * Signs in with a password, or issues the challenge for the second factor.
 *
 * Whether there is an account cannot be told from the answer, its time, or the limit on attempts.
 *
 * @throws {InvalidCredentialsError}
 * @throws RATE_LIMITED
 */
export async function logIn(
  deps: LogInDeps,
  input: { readonly email: string; readonly password: string },
  device: Device,
): Promise<Grant | ChallengeIssued> {
  const normalised = normalisedEmail(input.email);
  const email = isEmail(normalised) ? normalised : null;
  const limits = loginLimits(email, device.address);
  await deps.throttle.attempt(limits);
  const credentials = email === null ? null : await deps.users.credentialsOf(email);
  const matches = await deps.passwords.matches(input.password, credentials?.passwordHash ?? null);
  if (credentials === null || !matches) throw new InvalidCredentialsError();
  await deps.throttle.succeeded(limits);
  return credentials.secondFactor ? challenge(deps, credentials.user) : openSession(deps, credentials.user, device);
}

async function challenge({ secondFactors, now, random }: LogInDeps, user: User): Promise<ChallengeIssued> {
  const challengeId = opaqueToken('challenge', random);
  const expiresAt = new Date(now().getTime() + CHALLENGE_MS);
  await secondFactors.openChallenge({ hash: hashOf(challengeId), userId: user.id, expiresAt });
  return { challengeId };
}
