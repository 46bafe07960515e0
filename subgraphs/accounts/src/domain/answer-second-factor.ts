import { InvalidSecondFactorError, SecondFactorExpiredError } from '../errors.ts';
import { hashOf } from './opaque-token.ts';
import { type Grant, openSession, type OpenSessionDeps } from './open-session.ts';
import { hashOfRecoveryCode } from './recovery-codes.ts';
import type { SecretBox } from './secret-box.ts';
import type { SecondFactors } from './second-factor.ts';
import type { Device } from './session.ts';
import { secretLabel } from './start-totp-enrolment.ts';
import { secondFactorLimits, type Throttle } from './throttle.ts';
import { stepOf } from './totp.ts';
import type { Users } from './user.ts';

const MOST_ANSWERS = 5;

export interface AnswerSecondFactorDeps extends OpenSessionDeps {
  readonly users: Users;
  readonly secondFactors: SecondFactors;
  readonly box: SecretBox;
  readonly throttle: Throttle;
}

/**
 * Completes a login with a code of the app or a recovery code. Each code works once, and so does the challenge.
 *
 * @throws {InvalidSecondFactorError}
 * @throws {SecondFactorExpiredError} when the challenge cannot be answered (any more).
 * @throws RATE_LIMITED
 */
export async function answerSecondFactor(
  deps: AnswerSecondFactorDeps,
  input: { readonly challengeId: string; readonly code: string },
  device: Device,
): Promise<Grant> {
  const hash = hashOf(input.challengeId);
  const userId = await deps.secondFactors.countAnswer(hash, MOST_ANSWERS, deps.now());
  const [user] = userId === null ? [] : await deps.users.withIds([userId]);
  if (user === undefined) throw new SecondFactorExpiredError();
  await deps.throttle.attempt(secondFactorLimits(user.id));
  if (!(await isAccepted(deps, user.id, input.code))) throw new InvalidSecondFactorError();
  if (!(await deps.secondFactors.closeChallenge(hash, deps.now()))) throw new SecondFactorExpiredError();
  await deps.throttle.succeeded(secondFactorLimits(user.id));
  return openSession(deps, user, device);
}

async function isAccepted(
  { secondFactors, box, now }: AnswerSecondFactorDeps,
  userId: string,
  code: string,
): Promise<boolean> {
  const device = await secondFactors.deviceOf(userId);
  if (!device?.confirmed) return false;
  const step = stepOf(code, box.open(secretLabel(userId), device.sealedSecret), now());
  if (step !== null) return secondFactors.acceptStep(userId, step);
  return secondFactors.useRecoveryCode(userId, hashOfRecoveryCode(code), now());
}
