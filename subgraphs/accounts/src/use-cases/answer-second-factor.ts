import type { Device } from '@marquee/subgraph';
import type { RecordSecurityEvent } from '@marquee/telemetry';

import { secondFactorLimits } from '../domain/attempt-limits.ts';
import { fingerprintOf, networkOfDevice } from '../domain/device.ts';
import type { SecondFactors, Users } from '../domain/ports.ts';
import { recordedAttempt } from '../domain/recorded-attempt.ts';
import { normalizeRecoveryCode } from '../domain/recovery-code.ts';
import type { SecretBox } from '../domain/secret-box.ts';
import type { Throttle } from '../domain/throttle.ts';
import { matchingStep, type Totp } from '../domain/totp.ts';
import { InvalidSecondFactorError, SecondFactorExpiredError } from '../errors.ts';
import { type Grant, openSession, type OpenSessionDeps } from './open-session.ts';

const MAX_ANSWERS = 5;

export interface AnswerSecondFactorDeps extends OpenSessionDeps {
  readonly users: Users;
  readonly secondFactors: SecondFactors;
  readonly secretBox: SecretBox;
  readonly totp: Totp;
  readonly throttle: Throttle;
  readonly securityEvent: RecordSecurityEvent;
}

/**
 * Completes a login with a code of the app or a recovery code. Each code and each challenge works once.
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
  const userId = await deps.secondFactors.countAnswer(hash, MAX_ANSWERS, deps.now());
  const [user] = userId === null ? [] : await deps.users.findMany([userId]);
  if (user === undefined) throw new SecondFactorExpiredError();
  const limits = await limitsOf(deps, user.id, device);
  const answer = async (): Promise<void> => {
    if (!(await useCode(deps, user.id, code))) throw new InvalidSecondFactorError();
    if (!(await deps.secondFactors.closeChallenge(hash, deps.now()))) throw new SecondFactorExpiredError();
  };
  const who = { userId: user.id, address: networkOfDevice(device) };
  await recordedAttempt(deps.securityEvent, who, () => deps.throttle.attempt(limits, answer));
  return openSession(deps, user, device);
}

async function limitsOf({ users, keyedHash }: AnswerSecondFactorDeps, userId: string, device: Device) {
  const fingerprint = fingerprintOf(keyedHash, device);
  const isKnown = await users.knowsDevice(userId, fingerprint);
  return secondFactorLimits(userId, { network: networkOfDevice(device), knownDevice: isKnown ? fingerprint : null });
}

/** Uses up a code. @returns false when it is incorrect or has been used */
async function useCode(deps: AnswerSecondFactorDeps, userId: string, code: string): Promise<boolean> {
  const { secondFactors, hashToken, now } = deps;
  const device = await secondFactors.deviceOf(userId);
  if (!device?.confirmed) return false;
  const step = matchingStep(deps, { userId, sealedSecret: device.sealedSecret, code, at: now() });
  if (step !== null) return secondFactors.acceptStep(userId, step);
  return secondFactors.useRecoveryCode(userId, hashToken(normalizeRecoveryCode(code)), now());
}
