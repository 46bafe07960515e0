import type { Device } from '@marquee/subgraph';

import type { SecondFactors } from '../domain/ports.ts';
import type { Challenge } from '../domain/second-factor.ts';
import { newToken } from '../domain/token.ts';
import type { Credentials, User } from '../domain/user.ts';
import { AccountSuspendedError } from '../errors.ts';
import { type Grant, openSession, type OpenSessionDeps } from './open-session.ts';

const CHALLENGE_MS = 5 * 60_000;

export interface CompleteSignInDeps extends OpenSessionDeps {
  readonly secondFactors: Pick<SecondFactors, 'openChallenge'>;
}

/** A sign-in that awaits its second factor. */
export interface ChallengeIssued {
  readonly challengeId: string;
}

/**
 * Signs in somebody who gave the first factor, or issues a challenge for the second.
 *
 * @returns null when the user's credentials have changed since they were verified
 * @throws {AccountSuspendedError}
 */
export async function completeSignIn(
  deps: CompleteSignInDeps,
  { user, secondFactor }: Pick<Credentials, 'user' | 'secondFactor'>,
  device: Device,
): Promise<Grant | ChallengeIssued | null> {
  if (user.status === 'SUSPENDED') throw new AccountSuspendedError();
  return secondFactor ? issueChallenge(deps, user) : openSession(deps, user, device);
}

/** Issues a challenge to somebody who gave the first factor. Its answer links the identity, if there is one. */
export async function issueChallenge(
  { secondFactors, now, random, hashToken }: CompleteSignInDeps,
  { id: userId, credentials }: User,
  link: Challenge['link'] = null,
): Promise<ChallengeIssued> {
  const challengeId = newToken('challenge', random);
  const expiresAt = new Date(now().getTime() + CHALLENGE_MS);
  await secondFactors.openChallenge({ hash: hashToken(challengeId), userId, expiresAt, credentials, link });
  return { challengeId };
}
