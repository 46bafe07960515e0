import type { Device } from '@marquee/subgraph';
import type { RecordSecurityEvent } from '@marquee/telemetry';

import { secondFactorLimits } from '../domain/attempt-limits.ts';
import { fingerprintOf, fingerprintsOf, networkOfDevice } from '../domain/device.ts';
import type { ProviderIdentities, SecondFactors, Users } from '../domain/ports.ts';
import { recordedAttempt } from '../domain/recorded-attempt.ts';
import type { Throttle } from '../domain/throttle.ts';
import type { KeyedHash } from '../domain/token.ts';
import type { AnsweredChallenge } from '../domain/second-factor.ts';
import { InvalidSecondFactorError, ProviderSignInError, SecondFactorExpiredError } from '../errors.ts';
import { type Grant, openSession, type OpenSessionDeps } from './open-session.ts';
import { useCode, type UseCodeDeps } from './use-code.ts';

const MAX_ANSWERS = 5;

export interface AnswerSecondFactorDeps extends OpenSessionDeps, UseCodeDeps {
  readonly users: Users;
  readonly secondFactors: SecondFactors;
  readonly identities: Pick<ProviderIdentities, 'linkByAddress'>;
  readonly throttle: Throttle;
  readonly securityEvent: RecordSecurityEvent;
  readonly otherHashes: readonly KeyedHash[];
}

/**
 * Completes a login with a code of the app or a recovery code. Each code and each challenge works once, and a
 * challenge uses up one code. A sign-in with a
 * provider is linked to the account now, if it was not before.
 *
 * @throws {InvalidSecondFactorError}
 * @throws {SecondFactorExpiredError} when the challenge is unknown, answered, expired or out of attempts
 * @throws {CodedError} RATE_LIMITED
 */
export async function answerSecondFactor(
  deps: AnswerSecondFactorDeps,
  { challengeId, code, device }: { challengeId: string; code: string; device: Device },
): Promise<Grant> {
  const hash = deps.hashToken(challengeId);
  const challenge = await deps.secondFactors.countAnswer(hash, MAX_ANSWERS, deps.now());
  const [user] = challenge === null ? [] : await deps.users.findMany([challenge.userId]);
  if (challenge === null || user === undefined) throw new SecondFactorExpiredError();
  const limits = await limitsOf(deps, user.id, device);
  const answer = async (): Promise<void> => {
    const isFirst = await deps.secondFactors.closeChallenge({ hash, userId: user.id }, deps.now(), async (codes) => {
      if (!(await useCode({ ...deps, secondFactors: codes }, user.id, code))) throw new InvalidSecondFactorError();
    });
    if (!isFirst) throw new SecondFactorExpiredError();
  };
  const who = { userId: user.id, address: networkOfDevice(device) };
  await recordedAttempt(deps.securityEvent, who, () => deps.throttle.attempt(limits, answer));
  if (user.status === 'ACTIVE') await linkProvider(deps, challenge);
  const grant = await openSession(deps, { ...user, credentials: challenge.credentials }, device);
  if (grant === null) throw new SecondFactorExpiredError();
  return grant;
}

/** @throws {SecondFactorExpiredError} when it can no longer be linked: the next sign-in says why */
async function linkProvider(
  { identities, now }: AnswerSecondFactorDeps,
  { userId, credentials, link }: AnsweredChallenge,
): Promise<void> {
  if (link === null) return;
  const at = now();
  const identity = { ...link, userId, createdAt: at, lastUsedAt: at };
  const isLinked = await identities.linkByAddress(identity, credentials).catch((error: unknown) => {
    if (error instanceof ProviderSignInError) return false;
    throw error;
  });
  if (!isLinked) throw new SecondFactorExpiredError();
}

async function limitsOf({ users, keyedHash, otherHashes }: AnswerSecondFactorDeps, userId: string, device: Device) {
  const fingerprint = fingerprintOf(keyedHash, device);
  const isKnown = await users.knowsDevice(userId, fingerprintsOf([keyedHash, ...otherHashes], device));
  return secondFactorLimits(userId, { network: networkOfDevice(device), knownDevice: isKnown ? fingerprint : null });
}
